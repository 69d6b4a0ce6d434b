# make docker; run as docs/docker.md says.
FROM python:3.11-slim AS build
WORKDIR /source
COPY . .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels . && cp constraints.txt /wheels

FROM python:3.11-slim
RUN --mount=from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --constraint /wheels/constraints.txt /wheels/*.whl
RUN useradd --create-home --uid 10001 reader && install --directory --owner reader /data
USER reader
WORKDIR /home/reader
# The indexes, and the embedding model as it is unpacked at the first start.
ENV INDEX_DIR=/data/index CACHE_DIR=/data/cache PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 7860
# Gradio answers this without a password, once the page is open.
HEALTHCHECK --interval=30s --timeout=10s --start-period=10m CMD ["python", "-c", \
    "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ.get(\"CHAT_PORT\", 7860)}/gradio_api/startup-events', timeout=8)"]
ENTRYPOINT ["hemeroteca"]
CMD ["chat", "--host", "0.0.0.0"]
