import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { BrowserPage } from './browser-page.ts';
import { DevTools } from './devtools.ts';

/** The program: Debian's by default. */
export const CHROMIUM = process.env['CHROMIUM_PATH'] ?? 'chromium';

const FLAGS = [
  '--headless',
  '--no-sandbox', // CI runs as root.
  // WebGL and WebGPU without a GPU.
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  // Nothing leaves this machine.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  '--remote-debugging-pipe',
];
const END_WITHIN_MILLISECONDS = 5000;

export interface Chromium {
  /** Opens a page in the foreground and waits until it has loaded. */
  openPage(url: string): Promise<BrowserPage>;
  stop(): Promise<void>;
}

/** Starts a headless Chromium with a profile of its own. It ends with this process at the latest. */
export async function startChromium(): Promise<Chromium> {
  const profile = await mkdtemp(join(tmpdir(), 'modelmeter-chromium-'));
  const browser = spawn(CHROMIUM, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    env: { ...process.env, XDG_CONFIG_HOME: profile },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const exit = once(browser, 'exit');
  const removeProfile = () => rm(profile, { recursive: true, force: true, maxRetries: 3 });
  const devTools = new DevTools(browser.stdio[3] as Writable, browser.stdio[4] as Readable);
  const hasEnded = exit.then(([code]) => Promise.reject(new Error(`${CHROMIUM} ended with ${code}`)));
  try {
    await Promise.race([devTools.send('Browser.getVersion'), hasEnded]);
  } catch (error) {
    await removeProfile();
    throw error;
  }
  hasEnded.catch(() => {});

  return {
    openPage: (url) => BrowserPage.open(devTools, url),
    async stop() {
      const timer = setTimeout(() => browser.kill('SIGKILL'), END_WITHIN_MILLISECONDS);
      await devTools.send('Browser.close').catch(() => {});
      await exit;
      clearTimeout(timer);
      await removeProfile();
    },
  };
}
