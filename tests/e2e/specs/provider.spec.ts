// Signing in with a provider that somebody else wrote, on a database that is not for development.
import type { BrowserContext } from '@playwright/test';
import { expect, test as base } from '../fixtures.ts';
import { heading, main } from '../support/console.ts';
import { agree, CLIENT, Oidc, prove, SECRET } from '../support/oidc.ts';
import { account, expectSignedIn } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { Server } from '../support/server.ts';

const ADA = 'ada@engines.test';

const test = base.extend<{ withSecret: boolean; oidc: Oidc; port: number }>({
  withSecret: [false, { option: true }],
  port: async ({}, use) => use(await freePort()),
  oidc: async ({ port, withSecret }, use) => {
    const oidc = await Oidc.create(`http://localhost:${port}/oauth/callback/engines`, withSecret);
    await use(oidc);
    await oidc.stop();
  },
  server: async ({ port, oidc, withSecret }, use) => {
    const secret = withSecret ? `client_secret = "${SECRET}"\n` : '';
    const server = await Server.configured(
      port,
      oidc.issuer,
      `[[providers]]\nid = "engines"\nname = "Engines"\nissuer = "${oidc.issuer}"\n` +
        `client_id = "${CLIENT}"\n${secret}allow_insecure = true\n`,
    );
    await use(server);
    await server.dispose();
  },
});

/** Its pages are not ours: they ask for a font from elsewhere and do not look for an icon. */
async function calm(context: BrowserContext, oidc: Oidc): Promise<void> {
  await context.route('https://fonts.googleapis.com/**', (route) => route.fulfill({ contentType: 'text/css', body: '' }));
  await context.route(`${oidc.issuer}/favicon.ico`, (route) => route.fulfill({ status: 204 }));
}

for (const withSecret of [false, true]) {
  test.describe(withSecret ? 'with a client secret' : 'as a public client', () => {
    test.use({ withSecret });

    test('a stranger signs in and learns who they are and what to do', async ({ page, context, oidc, server, announced }) => {
      announced.foreign('https://fonts.googleapis.com');
      await calm(context, oidc);
      await page.goto('/');
      await expect(heading(page, 'Sign in')).toBeVisible();
      await expect(page.getByText('development', { exact: false })).toHaveCount(0);
      const button = page.getByRole('button', { name: 'Continue with Engines' });
      await expect(button).toContainText(new URL(oidc.issuer).host);
      await button.click();
      await expect(page).toHaveURL(new RegExp(`^${oidc.issuer}/`));
      await agree(page, ADA);

      await expectSignedIn(page, ADA);
      await expect(page).toHaveURL(`${server.url}/`);
      await expect(page.getByRole('heading', { name: 'No organization knows this account' })).toBeVisible();
      await expect(main(page)).toContainText(`You are ${ADA}, by Engines.`);
      await expect(main(page)).toContainText('made by whoever runs it');
      await expect(main(page).getByRole('button', { name: 'New organization' })).toHaveCount(0);

      await account(page, ADA).click();
      await expect(page.getByRole('menu', { name: 'Account' }).locator('..')).toContainText('Ada Lovelace · by Engines');
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await expect(page.getByRole('button', { name: /Continue with Engines/ })).toContainText('last used');
    });
  });
}

test('a provider that is down is said, and once it is back the same button works', async ({ page, context, oidc, announced }) => {
  announced.foreign('https://fonts.googleapis.com');
  await calm(context, oidc);
  await oidc.stop();
  await page.goto('/login');
  await page.getByRole('button', { name: 'Continue with Engines' }).click();
  await expect(heading(page, 'This provider is not available')).toBeVisible();
  await expect(main(page)).toContainText('The sign-in provider does not answer.');
  await expect(main(page)).toContainText(/Request\s[\w-]{16}/);
  const button = page.getByRole('button', { name: 'Continue with Engines' });
  await expect(button).toContainText('did not answer');
  await page.screenshot({ path: 'results/screens/provider-down.png' });
  await page.goto('/login');
  await expect(button).toContainText('did not answer');
  await oidc.start();
  // A failure is remembered for some seconds.
  await expect(async () => {
    await page.goto('/login');
    await button.click();
    await expect(page).toHaveURL(new RegExp(`^${oidc.issuer}/`), { timeout: 1000 });
  }).toPass();
  await agree(page, ADA);
  await expectSignedIn(page, ADA);
});

test('whoever is to be asked anew is, although the provider knows them still', async ({ page, context, oidc, announced }) => {
  announced.foreign('https://fonts.googleapis.com');
  await calm(context, oidc);
  await page.goto('/login');
  await page.getByRole('button', { name: 'Continue with Engines' }).click();
  await agree(page, ADA);
  await expectSignedIn(page, ADA);
  await account(page, ADA).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();

  await context.route('**/oauth/authorize?*', (route) => route.continue({ url: `${route.request().url()}&prompt=login` }));
  await page.getByRole('button', { name: 'Continue with Engines' }).click();
  await expect(page.getByPlaceholder('Enter any login')).toBeVisible();
  expect(new URL(page.url()).origin).toBe(oidc.issuer);
  // It was agreed to before.
  await prove(page, ADA);
  await expectSignedIn(page, ADA);
});

test('whoever says no at the provider comes back and reads that', async ({ page, context, oidc, announced }) => {
  announced.foreign('https://fonts.googleapis.com');
  await calm(context, oidc);
  await page.goto('/login');
  await page.getByRole('button', { name: 'Continue with Engines' }).click();
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(heading(page, 'The provider did not sign you in')).toBeVisible();
  await expect(main(page)).toContainText('cancelled or refused at the provider');
  await expect(main(page)).toContainText(/Request\s[\w-]{16}/);
  await expect(main(page)).toContainText('access_denied');
});

test.describe('many providers', () => {
  const known = [
    ['google', 'issuer = "https://accounts.google.com"', 'Google'],
    ['github', 'kind = "github"\nclient_secret = "x"', 'GitHub'],
    ['gitlab', 'issuer = "https://gitlab.com"', 'GitLab'],
    ['entra', 'issuer = "https://login.microsoftonline.com/8c1f0d4e/v2.0"', 'Microsoft'],
    ['okta', 'issuer = "https://example.okta.com"', 'Okta'],
    ['keycloak', 'issuer = "https://id.example.com/realms/staff"', 'Keycloak'],
    ['corp', 'issuer = "https://login.example.com"\nname = "Example Corp"', 'Example Corp'],
  ];
  test.use({
    server: async ({ port, oidc }, use) => {
      const tables = known.map(([id, lines]) => `[[providers]]\nid = "${id}"\nclient_id = "c"\n${lines}\n`);
      const server = await Server.configured(port, oidc.issuer, tables.join(''));
      await use(server);
      await server.dispose();
    },
  });

  test('each is named, in the order of the configuration', async ({ page }) => {
    await page.goto('/login');
    const buttons = page.getByRole('button', { name: /^Continue with/ });
    await expect(buttons).toHaveCount(known.length);
    for (const [at, [, , name]] of known.entries()) {
      await expect(buttons.nth(at)).toContainText(`Continue with ${name}`);
      await expect(buttons.nth(at).locator('svg')).toBeVisible();
    }
    for (const width of [375, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `results/screens/providers-${colorScheme}-${width}.png` });
      }
    }
  });

  test('with GitHub one leaves for GitHub', async ({ page, context, server, announced }) => {
    announced.destination('https://github.com');
    await context.route('https://github.com/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>GitHub</title>' }));
    await page.goto('/login');
    await page.getByRole('button', { name: 'Continue with GitHub' }).click();
    await expect(page).toHaveURL(/^https:\/\/github\.com\/login\/oauth\/authorize\?/);
    const asked = new URL(page.url()).searchParams;
    expect(asked.get('redirect_uri')).toBe(`${server.url}/oauth/callback/github`);
    expect(asked.get('scope')).toBe('user:email');
    expect(asked.get('code_challenge_method')).toBe('S256');
  });
});

test('under its own configuration the server has no development provider', async ({ page, server }) => {
  for (const path of ['/authorize', '/sign-in']) {
    const answer = await page.request.get(`${server.url}${path}`);
    expect(await answer.text()).not.toContain('Who are you?');
  }
});
