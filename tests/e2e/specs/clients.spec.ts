// The issuer as clients see it that somebody else wrote: npm oauth4webapi and openid-client.
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { expect, test as base } from '../fixtures.ts';
import { ask } from '../support/api.ts';
import { agree, CLIENT, Oidc } from '../support/oidc.ts';
import { expectSignedIn } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { Server } from '../support/server.ts';

const ADA = 'ada@engines.test';
const CLI = 'cli';
const CALLBACK = 'http://127.0.0.1:4180/callback';
const SCOPE = 'openid offline_access';
const SECRET = 'a secret: of/the gate+keeper';
const INSECURE = { [oauth.allowInsecureRequests]: true } as const;

const test = base.extend<{ oidc: Oidc; port: number; ada: Page }>({
  port: async ({}, use) => use(await freePort()),
  oidc: async ({ port }, use) => {
    const oidc = await Oidc.create(`http://localhost:${port}/oauth/callback/engines`, false);
    await use(oidc);
    await oidc.stop();
  },
  server: async ({ port, oidc }, use) => {
    const hash = createHash('sha256').update(SECRET).digest('hex');
    const server = await Server.configured(
      port,
      oidc.issuer,
      `[[providers]]\nid = "engines"\nname = "Engines"\nissuer = "${oidc.issuer}"\n` +
        `client_id = "${CLIENT}"\nallow_insecure = true\n` +
        `[[oauth.clients]]\nid = "gate"\nname = "Gate"\nsecret_sha256 = "${hash}"\nintrospect = true\n`,
    );
    await use(server);
    await server.dispose();
  },
  ada: async ({ page, context, oidc, announced }, use) => {
    announced.foreign('https://fonts.googleapis.com');
    await context.route('https://fonts.googleapis.com/**', (route) => route.fulfill({ contentType: 'text/css', body: '' }));
    await context.route(`${oidc.issuer}/favicon.ico`, (route) => route.fulfill({ status: 204 }));
    await page.goto('/login');
    await page.getByRole('button', { name: 'Continue with Engines' }).click();
    await agree(page, ADA);
    await expectSignedIn(page, ADA);
    await use(page);
  },
});

/** Ada allows a client's request, as the console's page would ask her. */
async function allow(ada: Page, request: URL): Promise<URL> {
  const answer = await fetch(request, { redirect: 'manual' });
  expect(answer.status).toBe(303);
  const waiting = new URL(answer.headers.get('location')!);
  expect(waiting.pathname).toBe('/authorize');
  const id = { request: waiting.searchParams.get('request') };
  const seen = await ask<{ client: { id: string } }>(ada, 'POST', '/auth/authorization:inspect', id);
  expect(seen.client.id).toBe(CLI);
  const { location } = await ask<{ location: string }>(ada, 'POST', '/auth/authorization:allow', id);
  return new URL(location);
}

/** Ada approves a device by its code. */
async function approve(ada: Page, userCode: string): Promise<void> {
  await ask(ada, 'POST', '/auth/device:inspect', { userCode });
  await ask(ada, 'POST', '/auth/device:approve', { userCode });
}

async function expectToBeAda(server: Server, accessToken: string): Promise<void> {
  const who = await fetch(`${server.url}/auth/v1/ok`, { headers: { authorization: `Bearer ${accessToken}` } });
  expect(who.status).toBe(200);
  expect((await who.json()).email).toBe(ADA);
}

test('oauth4webapi finds the issuer, signs in by a code, refreshes, introspects and revokes', async ({ server, ada }) => {
  const issuer = new URL(server.url);
  const found = await oauth.discoveryRequest(issuer, INSECURE);
  const as = await oauth.processDiscoveryResponse(issuer, found);
  const client: oauth.Client = { client_id: CLI };
  const none = oauth.None();

  const verifier = oauth.generateRandomCodeVerifier();
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  const request = new URL(as.authorization_endpoint!);
  for (const [name, value] of Object.entries({
    client_id: CLI,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: SCOPE,
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })) {
    request.searchParams.set(name, value);
  }
  const back = oauth.validateAuthResponse(as, client, await allow(ada, request), state);
  const answer = await oauth.authorizationCodeGrantRequest(as, client, none, back, CALLBACK, verifier, INSECURE);
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer, {
    expectedNonce: nonce,
    requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(as, answer, INSECURE);
  expect(oauth.getValidatedIdTokenClaims(tokens)?.email).toBe(ADA);
  await expectToBeAda(server, tokens.access_token);

  const resource = new Request(`${server.url}/iam/v2/groups`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  const claims = await oauth.validateJwtAccessToken(as, resource, server.url, INSECURE);
  expect(claims.client_id).toBe(CLI);

  const again = await oauth.refreshTokenGrantRequest(as, client, none, tokens.refresh_token!, INSECURE);
  const fresh = await oauth.processRefreshTokenResponse(as, client, again);
  expect(fresh.refresh_token).not.toBe(tokens.refresh_token);

  const gate: oauth.Client = { client_id: 'gate' };
  const isActive = async (auth: oauth.ClientAuth) => {
    const asked = await oauth.introspectionRequest(as, gate, auth, fresh.access_token, INSECURE);
    return (await oauth.processIntrospectionResponse(as, gate, asked)).active;
  };
  expect(await isActive(oauth.ClientSecretBasic(SECRET))).toBe(true);
  expect(await isActive(oauth.ClientSecretPost(SECRET))).toBe(true);
  const revoked = await oauth.revocationRequest(as, client, none, fresh.refresh_token!, INSECURE);
  await oauth.processRevocationResponse(revoked);
  expect(await isActive(oauth.ClientSecretBasic(SECRET))).toBe(false);
});

test('oauth4webapi signs a device in', async ({ server, ada }) => {
  const issuer = new URL(server.url);
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, INSECURE));
  const client: oauth.Client = { client_id: CLI };
  const begun = await oauth.deviceAuthorizationRequest(as, client, oauth.None(), { scope: SCOPE, host: 'build-1' }, INSECURE);
  const device = await oauth.processDeviceAuthorizationResponse(as, client, begun);
  expect(device.verification_uri).toBe(`${server.url}/activate`);
  const poll = async () => {
    const answer = await oauth.deviceCodeGrantRequest(as, client, oauth.None(), device.device_code, INSECURE);
    return oauth.processDeviceCodeResponse(as, client, answer);
  };
  await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending' });
  await expect(poll()).rejects.toMatchObject({ error: 'slow_down' });
  await approve(ada, device.user_code);
  const tokens = await poll();
  await expectToBeAda(server, tokens.access_token);
  await expect(poll()).rejects.toMatchObject({ error: 'invalid_grant' });
});

test('openid-client does the same in its own way', async ({ server, ada }) => {
  const execute = [openid.allowInsecureRequests];
  const config = await openid.discovery(new URL(server.url), CLI, undefined, openid.None(), { execute });
  const verifier = openid.randomPKCECodeVerifier();
  const [state, nonce] = [openid.randomState(), openid.randomNonce()];
  const request = openid.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: SCOPE,
    state,
    nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const back = await allow(ada, request);
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
  const tokens = await openid.authorizationCodeGrant(config, back, checks);
  expect(tokens.claims()?.email).toBe(ADA);
  const fresh = await openid.refreshTokenGrant(config, tokens.refresh_token!);
  await expectToBeAda(server, fresh.access_token);
  await expect(openid.refreshTokenGrant(config, tokens.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' });

  const device = await openid.initiateDeviceAuthorization(config, { scope: SCOPE });
  await approve(ada, device.user_code);
  const signedIn = await openid.pollDeviceAuthorizationGrant(config, device);
  await expectToBeAda(server, signedIn.access_token);

  const gate = await openid.discovery(new URL(server.url), 'gate', SECRET, undefined, { execute });
  expect((await openid.tokenIntrospection(gate, signedIn.access_token)).active).toBe(true);
  await openid.tokenRevocation(config, signedIn.refresh_token!);
  expect((await openid.tokenIntrospection(gate, signedIn.access_token)).active).toBe(false);
});
