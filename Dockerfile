# Gantry in one container. `scripts/image build` builds it with Docker, Podman or buildah.
# Wheels come from the lock, by hash, and nothing is compiled: no stage needs a compiler.

FROM docker.io/library/python:3.13-slim AS wheels
WORKDIR /build
COPY requirements.txt .
RUN python3 -m venv --without-pip /opt/gantry/venv \
 && pip --python /opt/gantry/venv/bin/python install --no-cache-dir --disable-pip-version-check \
      --require-hashes --only-binary :all: --requirement requirements.txt \
 && /opt/gantry/venv/bin/python -m compileall -q /opt/gantry/venv

# The site's own files: courses checked, styles and scripts hashed and compressed, modules compiled.
FROM wheels AS site
WORKDIR /opt/gantry/site
COPY . .
RUN rm -f requirements*.txt \
 && export PORTAL_DATA_DIR=/build/data PATH=/opt/gantry/venv/bin:$PATH \
 && python manage.py validate_courses \
 && python manage.py collectstatic --no-input --verbosity 0 \
 && python -m compileall -q .

FROM docker.io/library/python:3.13-slim
LABEL org.opencontainers.image.title="Gantry" \
      org.opencontainers.image.description="Self-hosted study portal for AWS DevOps Engineer Professional on ECS and ECR" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="0.1.0"
RUN groupadd --system --gid 10001 gantry \
 && useradd --system --uid 10001 --gid 10001 --home-dir /data --no-create-home gantry \
 && install -d -o gantry -g gantry /data
COPY --from=site /opt/gantry /opt/gantry
WORKDIR /opt/gantry/site
# The root file system may be read-only: everything that is written goes to /data.
ENV PATH=/opt/gantry/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    HOME=/data TMPDIR=/data PORTAL_DATA_DIR=/data PORTAL_BIND=0.0.0.0:8000
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD ["python", "-m", "portal.health"]
CMD ["scripts/serve"]
