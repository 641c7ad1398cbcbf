# Gantry in one container, and its practice account in another (target sandbox).
# `scripts/image build` builds both with Docker, Podman or buildah.
# Wheels come from the lock, by hash, and nothing is compiled: no stage needs a compiler.

FROM docker.io/library/python:3.13-slim AS base
RUN groupadd --system --gid 10001 gantry \
 && useradd --system --uid 10001 --gid 10001 --home-dir /data --no-create-home gantry \
 && install -d -o gantry -g gantry /data
ENV PATH=/opt/gantry/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /opt/gantry/site

FROM docker.io/library/python:3.13-slim AS practice-wheels
WORKDIR /build
COPY requirements-sandbox.txt .
RUN python3 -m venv --without-pip /opt/gantry/venv \
 && pip --python /opt/gantry/venv/bin/python install --no-cache-dir --disable-pip-version-check \
      --require-hashes --only-binary :all: --requirement requirements-sandbox.txt \
 && /opt/gantry/venv/bin/python -m compileall -q /opt/gantry/venv

# The practice account: it keeps nothing, and of our own files it holds what it needs only.
FROM base AS sandbox
LABEL org.opencontainers.image.title="Gantry practice account" \
      org.opencontainers.image.description="A stand-in of AWS for the labs of Gantry" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="0.1.0"
COPY --from=practice-wheels /opt/gantry/venv /opt/gantry/venv
COPY LICENSE ./
COPY labs/__init__.py labs/fargate.py labs/sandbox_client.py labs/sandbox_settings.py labs/
COPY labs/sandbox labs/sandbox
ENV PORTAL_SANDBOX_BIND=0.0.0.0:8001
USER 10001:10001
EXPOSE 8001
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD ["python", "-m", "labs.sandbox.health"]
CMD ["python", "-m", "labs.sandbox"]

FROM docker.io/library/python:3.13-slim AS wheels
WORKDIR /build
COPY requirements.txt .
RUN python3 -m venv --without-pip /opt/gantry/venv \
 && pip --python /opt/gantry/venv/bin/python install --no-cache-dir --disable-pip-version-check \
      --require-hashes --only-binary :all: --requirement requirements.txt \
 && /opt/gantry/venv/bin/python -m compileall -q /opt/gantry/venv

# The site's own files: courses checked and rendered, styles and scripts hashed and compressed,
# modules compiled.
FROM wheels AS site
WORKDIR /opt/gantry/site
COPY . .
RUN rm -f requirements*.txt \
 && export PORTAL_DATA_DIR=/build/data PATH=/opt/gantry/venv/bin:$PATH \
 && python manage.py check \
 && mv /build/data/rendered rendered \
 && python manage.py collectstatic --no-input --verbosity 0 \
 && python -m compileall -q .

FROM base AS portal
LABEL org.opencontainers.image.title="Gantry" \
      org.opencontainers.image.description="Self-hosted study portal for AWS DevOps Engineer Professional on ECS and ECR" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="0.1.0"
COPY --from=site /opt/gantry /opt/gantry
# The root file system may be read-only: everything that is written goes to /data.
ENV HOME=/data TMPDIR=/data PORTAL_DATA_DIR=/data PORTAL_BIND=0.0.0.0:8000
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD ["python", "-m", "portal.health"]
CMD ["scripts/serve"]
