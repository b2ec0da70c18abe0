# The demo of this repository. Context: the root of the repository.
FROM node:22.23.3-slim
RUN mkdir /app && chown node:node /app
USER node
WORKDIR /app
COPY --chown=node:node . .
RUN npx --yes pnpm@12 install --frozen-lockfile --filter "@modelmeter/example-digits..."
CMD ["node", "examples/digits/src/main.ts", "--keep"]
