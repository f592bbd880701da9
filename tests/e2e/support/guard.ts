// Watches a browser context and remembers all that a page must never do: write an error to the
// console, throw, breach its Content-Security-Policy or Trusted Types, or ask another origin.
import type { BrowserContext, ConsoleMessage, Request } from '@playwright/test';

const BLOCKED = /Content.Security.Policy|TrustedHTML|TrustedScript|Trusted Type/i;
const STATUS = /^Failed to load resource: the server responded with a status of (\d+)/;
const UNREACHABLE = /^Failed to load resource: net::ERR_/;

/** What a test expects to go wrong. */
export class Announced {
  private readonly statuses = new Set<number>();
  private mayBeUnreachable = false;
  private readonly messages: RegExp[] = [];
  readonly origins = new Set<string>();
  readonly destinations = new Set<string>();

  /** The server will answer something with one of these. */
  status(...codes: number[]): void {
    for (const code of codes) {
      this.statuses.add(code);
    }
  }

  /** The server, or a part of the page, will not be there. */
  unreachable(): void {
    this.mayBeUnreachable = true;
  }

  /** The pages of a provider that is not ours will ask this origin. */
  foreign(origin: string): void {
    this.origins.add(origin);
  }

  /** The person will be sent on to a page of this origin. */
  destination(origin: string): void {
    this.destinations.add(origin);
  }

  /** The page will write this to the console, or breach its policy so. */
  message(words: RegExp): void {
    this.messages.push(words);
  }

  allows(text: string): boolean {
    const status = STATUS.exec(text)?.[1];
    if (status !== undefined) {
      return this.statuses.has(Number(status));
    }
    if (UNREACHABLE.test(text)) {
      return this.mayBeUnreachable;
    }
    return this.messages.some((words) => words.test(text));
  }
}

/** Watches `context`; what it finds is added to `problems`. */
export async function guard(
  context: BrowserContext,
  ours: string,
  provider: string,
  announced: Announced,
  problems: string[],
): Promise<void> {
  context.on('console', (message) => {
    const found = complaint(message);
    if (found !== null && !announced.allows(found)) {
      problems.push(`console: ${found} (${message.location().url})`);
    }
  });
  context.on('weberror', (error) => {
    problems.push(`uncaught: ${error.error().stack ?? error.error()}`);
  });
  context.on('request', (request) => {
    if (!isAllowed(request, ours, provider, announced)) {
      problems.push(`foreign request: ${request.method()} ${request.url()}`);
    }
  });
  await context.exposeBinding('__violated', (_source, words: string) => {
    if (!announced.allows(words)) {
      problems.push(`policy violation: ${words}`);
    }
  });
  await context.addInitScript(() => {
    const report = (globalThis as any).__violated;
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sample, documentURI } = event;
      report(`${effectiveDirective} ${blockedURI} ${sample} on ${documentURI}`);
    });
  });
}

function complaint(message: ConsoleMessage): string | null {
  const text = message.text();
  const isLoud = message.type() === 'error' || message.type() === 'warning';
  return isLoud || BLOCKED.test(text) ? text : null;
}

/** Ours, and of the provider only a top-level page and what that page itself loads from home. */
function isAllowed(request: Request, ours: string, provider: string, announced: Announced): boolean {
  const url = new URL(request.url());
  if (url.protocol === 'data:' || url.origin === ours) {
    return true;
  }
  if (announced.destinations.has(url.origin)) {
    return isTop(request);
  }
  if (request.isNavigationRequest()) {
    return url.origin === provider && isTop(request);
  }
  const isTheirs = new URL(request.frame().url()).origin === provider;
  return isTheirs && (url.origin === provider || announced.origins.has(url.origin));
}

function isTop(request: Request): boolean {
  try {
    return request.frame().parentFrame() === null;
  } catch {
    // A navigation has no frame yet only when it is the page's own.
    return true;
  }
}
