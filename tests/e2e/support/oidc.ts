// A certified OIDC provider that somebody else wrote (npm oidc-provider), with its own pages.
import type { Server as HttpServer } from 'node:http';
import type { Page } from '@playwright/test';
import Provider from 'oidc-provider';
import { freePort } from './ports.ts';

export const CLIENT = 'bailiwick';
export const SECRET = 'a-secret-that-only-the-two-of-us-know';

export class Oidc {
  private constructor(
    readonly issuer: string,
    private readonly listener: HttpServer,
  ) {}

  /** Starts one that knows us by `redirectUri`, with a secret or as a public client. */
  static async start(redirectUri: string, withSecret: boolean): Promise<Oidc> {
    const port = await freePort();
    const issuer = `http://127.0.0.1:${port}`;
    const auth = withSecret
      ? { client_secret: SECRET, token_endpoint_auth_method: 'client_secret_basic' }
      : { token_endpoint_auth_method: 'none' };
    const provider = new Provider(issuer, {
      clients: [{ client_id: CLIENT, redirect_uris: [redirectUri], ...auth }],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      cookies: { keys: ['only for this test'] },
      pkce: { required: () => true },
      async findAccount(_context: unknown, id: string) {
        const claims = { sub: `subject-of-${id}`, email: id, email_verified: true, name: 'Ada Lovelace' };
        return { accountId: id, claims: async () => claims };
      },
    });
    const listener = provider.listen(port, '127.0.0.1');
    await new Promise((ready) => listener.once('listening', ready));
    return new Oidc(issuer, listener);
  }

  stop(): Promise<void> {
    this.listener.closeAllConnections();
    return new Promise((done) => this.listener.close(() => done()));
  }
}

/** On its pages: names an account, then agrees. */
export async function agree(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('anything');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}
