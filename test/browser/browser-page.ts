import type { DevTools, DevToolsEvent } from './devtools.ts';

interface RemoteObject {
  readonly value?: unknown;
  readonly description?: string;
}

interface Evaluated {
  readonly result: RemoteObject;
  readonly exceptionDetails?: ExceptionDetails;
}

interface ExceptionDetails {
  readonly text: string;
  readonly exception?: RemoteObject;
}

/** A page of a headless browser. */
export class BrowserPage {
  /** What went wrong by itself: errors on the console, uncaught exceptions, unhandled rejections, failed requests. */
  readonly problems: string[] = [];
  readonly #devTools: DevTools;
  readonly #targetId: string;
  readonly #sessionId: string;
  #onLoad: () => void = () => {};

  static async open(devTools: DevTools, url: string): Promise<BrowserPage> {
    const { targetId } = await devTools.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await devTools.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    const page = new BrowserPage(devTools, targetId, sessionId);
    await page.show();
    for (const domain of ['Runtime', 'Log', 'Page']) await page.#send(`${domain}.enable`);
    await page.goTo(url);
    return page;
  }

  private constructor(devTools: DevTools, targetId: string, sessionId: string) {
    this.#devTools = devTools;
    this.#targetId = targetId;
    this.#sessionId = sessionId;
    devTools.listen(sessionId, (event) => this.#hear(event));
  }

  async goTo(url: string): Promise<void> {
    const loaded = new Promise<void>((resolve) => (this.#onLoad = resolve));
    await this.#send('Page.navigate', { url });
    await loaded;
  }

  /** Calls a function of the page's global object with what JSON can hold, and waits for its result. */
  call<R>(name: string, ...args: readonly unknown[]): Promise<R> {
    return this.evaluate(`globalThis.${name}(...${JSON.stringify(args)})`);
  }

  async evaluate<R>(expression: string): Promise<R> {
    const options = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.#send<Evaluated>('Runtime.evaluate', options);
    if (exceptionDetails) throw new Error(described(exceptionDetails));
    return result.value as R;
  }

  /** Sends these headers with all that the page asks for from now on. */
  async setHeaders(headers: Readonly<Record<string, string>>): Promise<void> {
    await this.#send('Network.enable');
    await this.#send('Network.setExtraHTTPHeaders', { headers });
  }

  /** Of the page, in CSS pixels. */
  async setSize(width: number, height: number): Promise<void> {
    await this.#send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
  }

  /** The page as it is now, as PNG. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.#send<{ data: string }>('Page.captureScreenshot', { format: 'png' });
    return Buffer.from(data, 'base64');
  }

  /** Puts another tab in front, as a user does. */
  async hide(): Promise<void> {
    const { targetId } = await this.#devTools.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
    await this.#devTools.send('Target.activateTarget', { targetId });
  }

  async show(): Promise<void> {
    await this.#devTools.send('Target.activateTarget', { targetId: this.#targetId });
  }

  /** Closes the tab, as a user does. */
  async close(): Promise<void> {
    await this.#devTools.send('Target.closeTarget', { targetId: this.#targetId });
  }

  #send<R>(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<R> {
    return this.#devTools.send<R>(method, params, this.#sessionId);
  }

  #hear({ method, params }: DevToolsEvent): void {
    if (method === 'Page.loadEventFired') this.#onLoad();
    if (method === 'Runtime.exceptionThrown') this.problems.push(described(params['exceptionDetails'] as ExceptionDetails));
    if (method === 'Runtime.consoleAPICalled' && params['type'] === 'error') {
      const args = params['args'] as readonly RemoteObject[];
      this.problems.push(args.map(textOf).join(' '));
    }
    if (method === 'Log.entryAdded') {
      const { level, text } = params['entry'] as { level: string; text: string };
      if (level === 'error') this.problems.push(text);
    }
  }
}

function described({ text, exception }: ExceptionDetails): string {
  return exception ? textOf(exception) : text;
}

function textOf({ value, description }: RemoteObject): string {
  return description ?? (typeof value === 'string' ? value : JSON.stringify(value));
}
