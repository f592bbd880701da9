// One's own account: what is signed in as one, and its end.
import { expect, test } from '../fixtures.ts';
import { poll, startDevice, whoIs } from '../support/clients.ts';
import { heading } from '../support/console.ts';
import { chooseInAccountMenu, OWNER, signIn } from '../support/people.ts';

test('a terminal that was approved is listed, and ended at its next request', async ({ page, server }) => {
  const device = await startDevice(server);
  await signIn(page, OWNER);
  await page.goto(device.verification_uri_complete);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(heading(page, 'Your terminal is signed in')).toBeVisible();
  const tokens = await poll(server, device);
  expect(await whoIs(server, tokens.access_token)).toBe(OWNER);

  await page.getByRole('link', { name: 'See what is signed in' }).click();
  const row = page.getByRole('row').filter({ hasText: 'build-07.example.com' });
  await expect(row).toContainText('127.0.0.1');
  await row.getByRole('button', { name: 'End' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
  await expect(page.getByText('Nothing else is signed in as you')).toBeVisible();
  expect(await whoIs(server, tokens.access_token)).toBeNull();
});

test('the account menu leads there, and says when there is nothing', async ({ page }) => {
  await signIn(page, OWNER);
  await chooseInAccountMenu(page, OWNER, 'Your account');
  await expect(heading(page, 'Your account')).toBeVisible();
  await expect(page.getByText('Nothing else is signed in as you')).toBeVisible();
});

test('a list that does not arrive says so and is asked for again', async ({ page, announced }) => {
  announced.status(503);
  await signIn(page, OWNER);
  await page.route('**/auth/grants', (route) => route.fulfill({ status: 503, body: '' }));
  await page.goto('/me');
  await expect(page.getByText('The list did not arrive')).toBeVisible();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Nothing else is signed in as you')).toBeVisible();
});
