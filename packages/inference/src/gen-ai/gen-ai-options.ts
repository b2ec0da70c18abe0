import { attributes as attribute, type AttributesOf } from '@modelmeter/core';
import type * as metric from '@modelmeter/core/gen-ai-metrics';
import { checkFunction, checkName, checkOneOf, shown } from '../check-option.ts';

/** Tokens of one call, as far as they are known. */
export interface TokenUsage {
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
}

/** What the answer of a function is made of: the chunks of a stream, or the result where it is no stream. */
export type AnswerPart<Result> =
  Result extends AsyncIterable<infer Chunk> ? Chunk : Result extends Iterator<infer Chunk, unknown, never> ? Chunk : Result;

/** What is asked of a language model, for the metrics that OpenTelemetry's GenAI semantic conventions name. Nothing of it is read from an answer. */
export interface GenAiOptions<Part = unknown> {
  /** `gen_ai.provider.name`, by the conventions' list: openai, anthropic, aws.bedrock, gcp.vertex_ai …; or a name of your own, where you serve the model. */
  readonly provider: string;
  /** `gen_ai.operation.name`, by the conventions' list: chat, text_completion, generate_content, embeddings … @default 'chat' */
  readonly operation?: string;
  /** `server` where the function makes the answer itself, `client` where it asks somebody else for it. @default 'client' */
  readonly role?: 'client' | 'server';
  /** `gen_ai.request.model`: the exact name that is asked for. @default the option `model` */
  readonly requestModel?: string;
  /** `gen_ai.response.model`, where you know which one answers. @default none */
  readonly responseModel?: string;
  /** `server.address` and `server.port` of the one who is asked. @default none */
  readonly server?: { readonly address: string; readonly port: number };
  /**
   * The tokens that a chunk or a result tells of. Asked of every chunk; of each number the last one holds.
   * @default none, and no tokens are recorded that `tokensOf` does not count
   */
  readonly usage?: (part: Part) => TokenUsage | null | undefined;
  /** Output tokens that a chunk or a result consists of, added up where `usage` does not tell of output. @default none */
  readonly tokensOf?: (part: Part) => number;
}

/** Attributes that all these metrics have. */
export type GenAiAttributes = AttributesOf<typeof metric.clientTimeToFirstChunk>;

/** @throws TypeError or RangeError that names the option and its value. */
export function readGenAiAttributes(options: GenAiOptions, model: string): GenAiAttributes {
  if (typeof options !== 'object' || options === null) throw new TypeError(`genAi is ${shown(options)}, not an object with a provider`);
  const { provider, operation = 'chat', role = 'client', requestModel = model, responseModel, server, usage, tokensOf } = options;
  checkName('genAi.provider', provider);
  checkName('genAi.operation', operation);
  checkOneOf('genAi.role', role, ['client', 'server']);
  checkName('genAi.requestModel', requestModel);
  if (responseModel !== undefined) checkName('genAi.responseModel', responseModel);
  if (server !== undefined) checkServer(server);
  for (const [option, value] of Object.entries({ usage, tokensOf })) if (value !== undefined) checkFunction(`genAi.${option}`, value);
  return {
    [attribute.genAiProviderName.key]: provider,
    [attribute.genAiOperationName.key]: operation,
    [attribute.genAiRequestModel.key]: requestModel,
    [attribute.genAiResponseModel.key]: responseModel,
    [attribute.serverAddress.key]: server?.address,
    [attribute.serverPort.key]: server?.port,
  };
}

function checkServer(server: NonNullable<GenAiOptions['server']>): void {
  if (typeof server !== 'object' || server === null) throw new TypeError(`genAi.server is ${shown(server)}, not an address and a port`);
  const { address, port } = server;
  checkName('genAi.server.address', address);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new RangeError(`genAi.server.port is ${shown(port)}, not a port`);
}
