// Signing in with a provider that somebody else wrote, on a database that is not for development.
import type { BrowserContext } from '@playwright/test';
import { expect, test as base } from '../fixtures.ts';
import { heading, main } from '../support/console.ts';
import { agree, CLIENT, Oidc, SECRET } from '../support/oidc.ts';
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
  await expect(heading(page, 'The provider did not sign you in')).toBeVisible();
  await expect(main(page)).toContainText('The sign-in provider does not answer.');
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await oidc.start();
  await page.getByRole('button', { name: 'Continue with Engines' }).click();
  await agree(page, ADA);
  await expectSignedIn(page, ADA);
});

test('whoever says no at the provider comes back and reads that', async ({ page, context, oidc, announced }) => {
  announced.foreign('https://fonts.googleapis.com');
  await calm(context, oidc);
  await page.goto('/login');
  await page.getByRole('button', { name: 'Continue with Engines' }).click();
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(heading(page, 'The provider did not sign you in')).toBeVisible();
  await expect(main(page)).toContainText('cancelled');
  await expect(main(page)).toContainText('access_denied');
});

test('under its own configuration the server has no development provider', async ({ page, server }) => {
  for (const path of ['/authorize', '/sign-in']) {
    const answer = await page.request.get(`${server.url}${path}`);
    expect(await answer.text()).not.toContain('Who are you?');
  }
});
