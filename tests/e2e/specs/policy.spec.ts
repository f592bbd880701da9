// What browsers are told to allow, judged by somebody else's rules, on every kind of answer.
import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { Severity } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { expect, test } from '../fixtures.ts';
import { OWNER, signIn } from '../support/people.ts';

/** Pages, and errors that are shown as pages. */
const PAGES = [
  '/',
  '/login',
  '/me',
  '/activate',
  '/authorize',
  '/invite',
  '/auth/callback',
  '/nothing/there',
  '/orgs/nonsense',
  '/oauth/authorize',
  '/oauth/authorize?client_id=nobody',
  '/oauth/callback/dev?state=x&code=y',
];

/** Files, answers of the API, and errors that are not shown as pages. */
const OTHERS = [
  '/no/such.file',
  '/openapi.json',
  '/health/live',
  '/oauth/jwks',
  '/.well-known/openid-configuration',
  '/auth/session',
  '/auth/providers',
  '/iam/v2/groups',
  '/iam/v2/nothing',
];

test('no policy has a hole that the CSP Evaluator knows', async ({ server }) => {
  for (const path of [...PAGES, ...OTHERS]) {
    const response = await fetch(server.url + path, { redirect: 'manual' });
    const policy = response.headers.get('content-security-policy') ?? '';
    const { csp } = new CspParser(policy);
    const findings = new CspEvaluator(csp).evaluate();
    const holes = findings.filter(({ severity }) => severity < Severity.STRICT_CSP);
    // 'self' allows our own files alone, and none of them is an answer that a stranger can shape.
    const known = holes.filter(({ directive, value }) => !(directive === 'script-src' && value === "'self'"));
    expect(known.map(({ description }) => description), `${path}: ${policy}`).toEqual([]);
    for (const never of ["'unsafe-inline'", "'unsafe-eval'", '*', 'https:', 'http:']) {
      expect(policy.split(/[ ;]+/), path).not.toContain(never);
    }
  }
});

test('every answer keeps what the MDN observatory asks for', async ({ server }) => {
  for (const path of [...PAGES, ...OTHERS]) {
    const { headers } = await fetch(server.url + path, { redirect: 'manual' });
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy, path).toContain("default-src 'none'");
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
    expect(headers.get('referrer-policy'), path).toBe('no-referrer');
    expect(headers.get('cross-origin-resource-policy'), path).toBe('same-origin');
    const shared = headers.get('access-control-allow-origin');
    expect(shared === null || !headers.has('access-control-allow-credentials'), path).toBe(true);
    if (PAGES.includes(path)) {
      expect(headers.get('content-type'), path).toContain('text/html');
      expect(headers.get('cross-origin-opener-policy'), path).toBe('same-origin');
      expect(headers.get('cache-control'), path).toMatch(/no-(store|cache)/);
      expect(policy, path).toContain("require-trusted-types-for 'script'");
    }
  }
});

test('cookies are for this host alone, and no script reads them', async ({ page, context }) => {
  await signIn(page, OWNER);
  const cookies = await context.cookies();
  const ours = cookies.filter(({ name }) => name.includes('bailiwick'));
  expect(ours.length).toBeGreaterThan(0);
  for (const cookie of ours) {
    expect(cookie.name).toMatch(/^__Host-/);
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, path: '/', domain: 'localhost' });
    expect(['Strict', 'Lax']).toContain(cookie.sameSite);
  }
  expect(await page.evaluate('document.cookie')).toBe('');
});
