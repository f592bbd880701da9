// npm oidc-provider with its own store in memory. It prints `{ port }` once it listens; for each line
// that it reads, it prints as many fresh refresh tokens as the line says, as a JSON array. It ends
// when its input does.
import { generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

// It warns at length that it is set up for a test.
console.info = console.warn = () => {};

const [packages, port, secret] = process.argv.slice(2);
const resolve = createRequire(pathToFileURL(packages)).resolve;
const { Provider } = await import(pathToFileURL(resolve('oidc-provider')).href);

const SCOPE = 'openid offline_access';
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const redirect = { redirect_uris: ['https://app.example.com/callback'] };
const provider = new Provider(`http://localhost:${port}`, {
  // As we sign: RSA, its default, takes longer.
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  clients: [
    {
      ...redirect,
      client_id: 'app',
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
    },
    { ...redirect, client_id: 'gate', client_secret: secret, token_endpoint_auth_method: 'client_secret_post' },
  ],
  cookies: { keys: ['only for this benchmark'] },
  features: {
    introspection: { enabled: true, allowedPolicy: (_context, client) => client.clientId === 'gate' },
  },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', kid: 'only', use: 'sig' }] },
  rotateRefreshToken: true,
  ttl: { AccessToken: 600, Grant: 2_592_000, IdToken: 600, RefreshToken: 2_592_000 },
});

let accounts = 0;

async function mint() {
  accounts += 1;
  const accountId = `person-${accounts}@example.com`;
  const client = await provider.Client.find('app');
  const grant = new provider.Grant({ accountId, clientId: client.clientId });
  grant.addOIDCScope(SCOPE);
  const grantId = await grant.save();
  const authTime = Math.floor(Date.now() / 1000);
  return new provider.RefreshToken({
    accountId, authTime, client, grantId, gty: 'authorization_code', scope: SCOPE,
  }).save();
}

const listener = provider.listen(Number(port), '127.0.0.1', () => console.log(JSON.stringify({ port: Number(port) })));
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await Promise.all(Array.from({ length: Number(line) }, mint))));
}
listener.closeAllConnections();
listener.close();
