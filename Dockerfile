# An image of the package as it is installed elsewhere: docs/ci.md, "In a container".
FROM node:22-alpine AS build
WORKDIR /build
COPY . .
RUN npm ci --no-audit --no-fund \
 && npm pack --ignore-scripts \
 && npm install --global --prefix /opt/ml-dash-lint --no-audit --no-fund ./ml-dash-lint-*.tgz

FROM node:22-alpine
# The history of what is mounted, which belongs to another user there.
RUN apk add --no-cache git && git config --system --add safe.directory /work
COPY --from=build /opt/ml-dash-lint /opt/ml-dash-lint
ENV PATH=/opt/ml-dash-lint/bin:$PATH
USER node
WORKDIR /work
ENTRYPOINT ["ml-dash-lint"]
