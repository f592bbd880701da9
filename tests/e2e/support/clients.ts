// What a device or a program does that wants to be signed in, over HTTP as the standards say.
import type { Server } from './server.ts';

export interface StartedDevice {
  device_code: string;
  user_code: string;
  verification_uri: string;
  verification_uri_complete: string;
}

/** RFC 8628 §3.1, as the command line. */
export async function startDevice(server: Server, host = 'build-07.example.com'): Promise<StartedDevice> {
  const response = await post(server, '/oauth/device_authorization', { client_id: 'cli', scope: 'openid', host });
  return (await response.json()) as StartedDevice;
}

/** RFC 8628 §3.4: one poll. */
export async function poll(server: Server, device: StartedDevice): Promise<Record<string, unknown>> {
  const response = await post(server, '/oauth/token', {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: 'cli',
    device_code: device.device_code,
  });
  return (await response.json()) as Record<string, unknown>;
}

/** Whom an access token speaks for; `null` when it opens nothing. */
export async function whoIs(server: Server, token: unknown): Promise<string | null> {
  const response = await fetch(`${server.url}/auth/v1/ok`, { headers: { authorization: `Bearer ${token}` } });
  return response.ok ? ((await response.json()) as { email: string }).email : null;
}

/** Where a program sends the browser; the challenge is that of RFC 7636 appendix B. */
export function authorizeUrl(server: Server, redirectUri: string, changes: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: 'cli',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: redirectUri,
    state: 'made-up-state',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...changes,
  });
  return `${server.url}/oauth/authorize?${query}`;
}

/** The verifier of that challenge, for the code. */
export async function redeem(server: Server, code: string, redirectUri: string): Promise<Record<string, unknown>> {
  const response = await post(server, '/oauth/token', {
    grant_type: 'authorization_code',
    client_id: 'cli',
    code,
    redirect_uri: redirectUri,
    code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  });
  return (await response.json()) as Record<string, unknown>;
}

function post(server: Server, path: string, form: Record<string, string>): Promise<Response> {
  return fetch(server.url + path, { method: 'POST', body: new URLSearchParams(form) });
}
