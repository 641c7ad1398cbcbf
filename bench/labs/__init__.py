"""Labs verified against the practice account, with every call to it made as slow as AWS."""
