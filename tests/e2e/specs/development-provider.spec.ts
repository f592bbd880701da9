// The development sign-in provider as a relying party sees it that somebody else wrote: npm openid-client.
import * as openid from 'openid-client';
import { expect, test } from '../fixtures.ts';
import { be, EDITOR } from '../support/people.ts';

test('openid-client signs in at the development provider, and its code works once and with its verifier alone', async ({ page, server, announced }) => {
  const execute = [openid.allowInsecureRequests];
  const config = await openid.discovery(new URL(server.provider), 'bailiwick', undefined, openid.None(), { execute });
  const back = `${server.url}/oauth/callback/dev`;
  const comeBack = async (checks: openid.AuthorizationCodeGrantChecks, challenge: string): Promise<URL> => {
    const request = openid.buildAuthorizationUrl(config, {
      redirect_uri: back,
      scope: 'openid email',
      state: checks.expectedState as string,
      nonce: checks.expectedNonce!,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    const returned = page.waitForRequest((asked) => asked.url().startsWith(back));
    await page.goto(request.href);
    await be(page, EDITOR);
    return new URL((await returned).url());
  };
  // The server knows nothing of a sign-in that it did not begin.
  announced.status(400);

  const checks = {
    pkceCodeVerifier: openid.randomPKCECodeVerifier(),
    expectedState: openid.randomState(),
    expectedNonce: openid.randomNonce(),
  };
  const challenge = await openid.calculatePKCECodeChallenge(checks.pkceCodeVerifier);
  const answer = await comeBack(checks, challenge);
  expect(answer.searchParams.get('iss')).toBe(server.provider);
  const tokens = await openid.authorizationCodeGrant(config, answer, checks);
  expect(tokens.claims()).toMatchObject({ iss: server.provider, sub: EDITOR, email: EDITOR, email_verified: true });
  await expect(openid.authorizationCodeGrant(config, answer, checks)).rejects.toMatchObject({ error: 'invalid_grant' });

  const second = await comeBack(checks, challenge);
  const stolen = { ...checks, pkceCodeVerifier: openid.randomPKCECodeVerifier() };
  await expect(openid.authorizationCodeGrant(config, second, stolen)).rejects.toMatchObject({ error: 'invalid_grant' });
});
