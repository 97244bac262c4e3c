# syntax=docker/dockerfile:1

# One image for the API (its default), the worker (node ace queue:work) and the
# migrations (node ace migration:run --force).
FROM node:24-bookworm-slim AS base
WORKDIR /app
ENV TZ=UTC

FROM base AS manifests
COPY package.json package-lock.json .npmrc ./
COPY bin/provide_node.js bin/

FROM manifests AS build
RUN --mount=type=cache,target=/root/.npm npm ci
COPY . .
RUN node ace build

# Optional packages are Node itself, which the image has, and a faster decoder.
FROM manifests AS modules
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --omit=optional

FROM base
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 LOG_LEVEL=info DRIVE_DISK=fs DRIVE_ROOT=/data/files
COPY --from=modules /app/node_modules node_modules
COPY --from=build /app/build ./
RUN mkdir -p /data/files tmp && chown -R node:node /data tmp
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/server.js"]
