// A certified OIDC provider that somebody else wrote (npm oidc-provider), with its own pages.
import type { Server as HttpServer } from 'node:http';
import type { Page } from '@playwright/test';
import { freePort } from './ports.ts';

export const CLIENT = 'bailiwick';
export const SECRET = 'a-secret-that-only-the-two-of-us-know';

export class Oidc {
  private listener: HttpServer | undefined;

  private constructor(
    readonly issuer: string,
    private readonly provider: { listen(port: number, host: string): HttpServer },
  ) {}

  /** Makes one that knows us by `redirectUri`, with a secret or as a public client. */
  static async create(redirectUri: string, withSecret: boolean): Promise<Oidc> {
    const issuer = `http://127.0.0.1:${await freePort()}`;
    const auth = withSecret
      ? { client_secret: SECRET, token_endpoint_auth_method: 'client_secret_basic' }
      : { token_endpoint_auth_method: 'none' };
    const settings = {
      clients: [{ client_id: CLIENT, redirect_uris: [redirectUri], ...auth }],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      cookies: { keys: ['only for this test'] },
      pkce: { required: () => true },
      ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
      async findAccount(_context: unknown, id: string) {
        const claims = { sub: `subject-of-${id}`, email: id, email_verified: true, name: 'Ada Lovelace' };
        return { accountId: id, claims: async () => claims };
      },
    };
    const provider = await quietly(async () => {
      const { Provider } = await import('oidc-provider');
      return new Provider(issuer, settings);
    });
    const oidc = new Oidc(issuer, provider);
    await oidc.start();
    return oidc;
  }

  async start(): Promise<void> {
    const { port, hostname } = new URL(this.issuer);
    const listener = this.provider.listen(Number(port), hostname);
    await new Promise((ready) => listener.once('listening', ready));
    this.listener = listener;
  }

  async stop(): Promise<void> {
    const listener = this.listener;
    this.listener = undefined;
    if (listener) {
      listener.closeAllConnections();
      await new Promise((done) => listener.close(done));
    }
  }
}

/** On its pages: names an account. */
export async function prove(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('anything');
  await page.getByRole('button', { name: 'Sign-in' }).click();
}

/** On its pages: names an account, then agrees. */
export async function agree(page: Page, login: string): Promise<void> {
  await prove(page, login);
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** It warns at length that it is set up for a test. */
async function quietly<T>(act: () => Promise<T>): Promise<T> {
  const { info, warn } = console;
  console.info = console.warn = () => {};
  try {
    return await act();
  } finally {
    Object.assign(console, { info, warn });
  }
}
