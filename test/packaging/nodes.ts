import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';

const SUPPORTED_MAJORS = [22, 24, 26];
const HOW_TO_GET_THEM = 'To get them: export MODELMETER_NODES="$(.ci/install-nodes)"';

/** An executable of Node. */
export interface NodeVersion {
  readonly major: number;
  readonly executable: string;
}

/**
 * The versions of Node that the packages are for: the one that runs this, and those in MODELMETER_NODES. What is missing is warned of;
 * in CI it is an error.
 */
export function supportedNodes(): NodeVersion[] {
  const others = process.env['MODELMETER_NODES']?.split(delimiter) ?? [];
  const nodes = [process.execPath, ...others].map((executable) => ({ major: majorOf(executable), executable }));
  const missing = SUPPORTED_MAJORS.filter((major) => !nodes.some((node) => node.major === major));
  if (missing.length > 0) {
    const text = `Node ${missing.join(' and ')} is not there`;
    if (process.env['CI'] !== undefined) throw new Error(`${text}. ${HOW_TO_GET_THEM}`);
    process.emitWarning(`${text}: the tests on it are SKIPPED. ${HOW_TO_GET_THEM}`);
  }
  return nodes;
}

function majorOf(executable: string): number {
  const { stdout, error } = spawnSync(executable, ['--version'], { encoding: 'utf8' });
  if (error) throw error;
  return Number(/^v(\d+)\./.exec(stdout)?.[1]);
}
