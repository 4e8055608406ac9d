# One image, seven processes: the command names the service (node dist/apps/<service>/src/main.js).
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY libs libs
COPY apps apps
COPY test test
COPY seeds seeds
RUN npx tsc -p tsconfig.build.json && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
# Migrations and seeds are read from the source tree.
COPY --from=build /app/seeds seeds
COPY --from=build /app/libs libs
COPY --from=build /app/apps apps
# The development clock of docker-compose.yml lies on a shared volume, which takes over this owner.
RUN mkdir /clock && chown node:node /clock
USER node
CMD ["node", "dist/apps/console/src/main.js"]
