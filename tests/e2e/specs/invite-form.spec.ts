// Inviting people: whom, with which role, for how long; and the links that come of it.
import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { ask } from '../support/api.ts';
import { heading } from '../support/console.ts';
import { inviteButton, inviteRow as row, linksDialog, linksOf, makeInvite, openForm, openInvites } from '../support/invites.ts';
import { OWNER, signIn, VIEWER } from '../support/people.ts';

const INVITED = 'auditor@example.com';

const addresses = (form: Locator) => form.getByRole('textbox', { name: 'Addresses' });

test('one address gets one link, which is shown once', async ({ page }) => {
  await signIn(page, OWNER);
  await openInvites(page);
  const form = await openForm(page);
  await expect(addresses(form)).toBeFocused();
  await expect(form.getByRole('button', { name: 'Create invite' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.type(`${INVITED},`);
  await expect(form.getByRole('button', { name: `Remove ${INVITED}` })).toBeVisible();
  await form.getByRole('button', { name: 'Create invite' }).click();
  const [link] = await linksOf(page);
  const dialog = linksDialog(page);
  await expect(dialog).toContainText(INVITED);
  await expect(dialog).toContainText('No mail is sent from here');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await dialog.getByRole('button', { name: `Copy the link for ${INVITED}` }).click();
  await expect(dialog.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();
  await expect(inviteButton(page)).toBeFocused();
  await expect(row(page, INVITED)).toContainText('viewer');
  await row(page, INVITED).getByRole('button', { name: INVITED }).click();
  await expect(page.getByRole('dialog', { name: INVITED })).toContainText('by this person alone, once');
  expect(await page.content()).not.toContain('bwi_');
});

test('of many pasted addresses each says at its chip what is wrong with it', async ({ page }) => {
  await signIn(page, OWNER);
  await makeInvite(page, { email: INVITED });
  await openInvites(page);
  const form = await openForm(page);
  await page.keyboard.insertText(`Ada <ada@example.com>, "B, C" <bc@example.com>; new-hire@example\nADA@example.com\r\n${INVITED} ${VIEWER}\n`);
  await expect(form.getByRole('button', { name: /^Remove / })).toHaveCount(6);
  const said = form.getByRole('status').first();
  await expect(said).toContainText(/new-hire@example: .*ending/);
  await expect(said).toContainText('ADA@example.com: It stands here twice.');
  await expect(form).toContainText('Correct 2 addresses first');
  await expect(addresses(form)).toHaveAttribute('aria-invalid', 'true');
  const send = form.getByRole('button', { name: 'Create 6 invites' });
  await expect(send).toHaveAttribute('aria-disabled', 'true');

  await form.getByRole('button', { name: /^Correct new-hire@example:/ }).click();
  await expect(addresses(form)).toBeFocused();
  await expect(addresses(form)).toHaveValue('new-hire@example');
  await page.keyboard.type('.com\n');
  await form.getByRole('button', { name: 'Remove ADA@example.com', exact: true }).click();
  await form.getByRole('button', { name: 'Create 5 invites' }).click();

  expect(await linksOf(page)).toHaveLength(3);
  const dialog = linksDialog(page);
  await expect(dialog.getByRole('listitem').filter({ hasText: INVITED })).toContainText('invited to this role here already');
  await expect(dialog.getByRole('listitem').filter({ hasText: VIEWER })).toContainText('holds this role here already');
  await dialog.getByRole('button', { name: 'Correct the others' }).click();
  await expect(form.getByRole('button', { name: new RegExp(`^Correct ${INVITED}: .*already`) })).toBeVisible();
  await expect(form.getByRole('button', { name: new RegExp(`^Correct ${VIEWER}: .*already`) })).toBeVisible();
  await expect(form.getByRole('button', { name: /^Remove / })).toHaveCount(2);
  await form.getByRole('button', { name: 'Cancel' }).click();
  for (const name of ['ada@', 'bc@', 'new-hire@']) {
    await expect(row(page, `${name}example.com`)).toBeVisible();
  }
});

test('an address that is refused for one role may be invited to another', async ({ page }) => {
  await signIn(page, OWNER);
  await makeInvite(page, { email: INVITED });
  await openInvites(page);
  const form = await openForm(page);
  await addresses(form).fill(`${INVITED}\n`);
  await form.getByRole('button', { name: 'Create invite' }).click();
  await expect(form.getByRole('status').first()).toContainText('already');
  await form.getByLabel('Role', { exact: true }).selectOption('editor');
  await expect(form.getByRole('status').first()).not.toContainText('already');
  await form.getByRole('button', { name: 'Create invite' }).click();
  expect(await linksOf(page)).toHaveLength(1);
});

test('anyone with the link may use it, once or as often as it is used', async ({ page }) => {
  await signIn(page, OWNER);
  await openInvites(page);
  const form = await openForm(page);
  await form.getByRole('radio', { name: 'Anyone with the link' }).check();
  await expect(addresses(form)).toHaveCount(0);
  await expect(form.getByRole('checkbox', { name: /works once/ })).toBeChecked();
  await form.getByText('The same by command line').click();
  await expect(form.locator('code')).toHaveText('bailiwick iam invites create example/dev --role viewer --ttl 7d --single-use');
  await form.getByRole('checkbox', { name: /works once/ }).uncheck();
  await expect(form.locator('code')).toHaveText('bailiwick iam invites create example/dev --role viewer --ttl 7d');
  await form.getByRole('button', { name: 'Create link' }).click();
  expect(await linksOf(page)).toHaveLength(1);
  await linksDialog(page).getByRole('button', { name: 'Done' }).click();
  await row(page, 'Anyone with the link').getByRole('button', { name: 'Anyone with the link' }).click();
  await expect(page.getByRole('dialog')).toContainText('by any number of people');
});

test('what a role gives and how far it reaches stands beside it', async ({ page }) => {
  await signIn(page, OWNER);
  await openInvites(page);
  const form = await openForm(page);
  const beside = form.getByRole('complementary', { name: 'What you are giving' });
  await expect(beside).toContainText('viewer of dev');
  await expect(beside.getByRole('listitem').filter({ hasText: 'Invite people' })).toContainText('Not:');
  await expect(beside.getByRole('heading', { name: /^There are no folders below|^Reaches/ })).toBeVisible();
  await form.getByLabel('Role', { exact: true }).selectOption('owner');
  await expect(beside).toContainText('owner of dev');
  await expect(beside.getByRole('listitem').filter({ hasText: 'Invite people' })).not.toContainText('Not:');
});

test('owner rights are asked about twice', async ({ page }) => {
  await signIn(page, OWNER);
  await openInvites(page);
  const form = await openForm(page);
  await addresses(form).fill(`${INVITED}\n`);
  await form.getByLabel('Role', { exact: true }).selectOption('owner');
  await form.getByRole('button', { name: 'Create invite' }).click();
  const question = page.getByRole('dialog', { name: 'Give owner rights?' });
  await expect(question).toContainText(INVITED);
  await expect(question).toContainText('take your own rights away');
  await expect(question.getByRole('button', { name: 'Back' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(form.getByRole('button', { name: `Remove ${INVITED}` })).toBeVisible();
  await expect(form.getByLabel('Role', { exact: true })).toHaveValue(/./);
  await expect(row(page, INVITED)).toHaveCount(0);
  await form.getByRole('button', { name: 'Create invite' }).click();
  await question.getByRole('button', { name: 'Invite 1 owner' }).click();
  expect(await linksOf(page)).toHaveLength(1);
  await linksDialog(page).getByRole('button', { name: 'Done' }).click();
  await expect(row(page, INVITED)).toContainText('owner');
});

test('a link lives as long as one says, and an impossible time says why', async ({ page }) => {
  await signIn(page, OWNER);
  await openInvites(page);
  const form = await openForm(page);
  await addresses(form).fill(`${INVITED}\n`);
  await expect(form.getByRole('radio', { name: '7 days' })).toBeChecked();
  await expect(form.getByText(/^Until .*\d{4}/)).toBeVisible();
  await form.getByRole('radio', { name: 'Other' }).check();
  const own = form.getByRole('textbox', { name: 'How long' });
  await own.fill('3m');
  await form.getByRole('button', { name: 'Create invite' }).click();
  await expect(own).toBeFocused();
  await expect(own).toHaveAttribute('aria-invalid', 'true');
  await expect(own).toHaveAccessibleDescription(/from 5 minutes to a year/);
  await own.fill('1h30m');
  await expect(own).not.toHaveAttribute('aria-invalid', 'true');
  await form.getByRole('button', { name: 'Create invite' }).click();
  await linksOf(page);
  await linksDialog(page).getByRole('button', { name: 'Done' }).click();
  const { groupInvites } = await ask<any>(page, 'GET', '/iam/v2/groupInvites');
  const life = Date.parse(groupInvites[0].expirationTime) - Date.parse(groupInvites[0].createTime);
  expect(life).toBe(90 * 60_000);
});

test('what cannot be sent stays in the form', async ({ page, announced }) => {
  await signIn(page, OWNER);
  await openInvites(page);
  const form = await openForm(page);
  await addresses(form).fill(`${INVITED}\n`);
  announced.unreachable();
  await page.context().setOffline(true);
  await form.getByRole('button', { name: 'Create invite' }).click();
  await expect(form.getByRole('alert')).toBeVisible();
  await expect(form.getByRole('button', { name: `Remove ${INVITED}` })).toBeVisible();
  await page.context().setOffline(false);
  await form.getByRole('button', { name: 'Create invite' }).click();
  expect(await linksOf(page)).toHaveLength(1);
});

test('a refusal of the server stands in the form', async ({ page, announced }) => {
  await signIn(page, OWNER);
  await openInvites(page);
  announced.status(503);
  await page.route('**/iam/v2/roles*', (route) => route.fulfill({ status: 503, body: '' }));
  await inviteButton(page).click();
  const form = page.getByRole('dialog', { name: 'Invite people to dev' });
  await expect(form.getByRole('heading', { name: 'The roles did not arrive' })).toBeVisible();
  await page.unroute('**/iam/v2/roles*');
  await form.getByRole('button', { name: 'Try again' }).click();
  await expect(form.getByLabel('Role', { exact: true })).toBeVisible();
  await page.route('**:batchCreate', (route) => route.fulfill({ status: 503, body: '' }));
  await addresses(form).fill(`${INVITED}\n`);
  await form.getByRole('button', { name: 'Create invite' }).click();
  await expect(form.getByRole('alert')).toBeVisible();
});

test('a person is invited by keyboard alone', async ({ page }) => {
  await signIn(page, OWNER);
  await openInvites(page);
  await inviteButton(page).focus();
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Invite people to dev' });
  await expect(addresses(form)).toBeFocused();
  await page.keyboard.type(`wrong ${INVITED}`);
  await page.keyboard.press('Enter');
  await expect(form).toContainText('Correct 1 address first');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type(INVITED);
  await page.keyboard.press('Tab');
  await expect(form.getByRole('button', { name: `Remove ${INVITED}` })).toBeVisible();
  await form.getByLabel('Role', { exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(form.getByRole('complementary')).toContainText('editor of dev');
  await page.keyboard.press('Tab');
  await expect(form.getByRole('radio', { name: '7 days' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(form.getByRole('radio', { name: '24 hours' })).toBeChecked();
  await page.keyboard.press('Enter');
  await linksOf(page);
  await expect(linksDialog(page).getByRole('button', { name: `Copy the link for ${INVITED}` })).toBeFocused();
  await linksDialog(page).getByRole('button', { name: 'Done' }).press('Enter');
  await expect(row(page, INVITED)).toContainText('ends in 24 h');
  await expect(heading(page, 'dev')).toBeVisible();
});

test('five hundred addresses are one request', async ({ page }) => {
  await signIn(page, OWNER);
  await openInvites(page);
  const form = await openForm(page);
  const many = Array.from({ length: 501 }, (_, at) => `person${at}@example.com`);
  await page.keyboard.insertText(`${many.join('\n')}\n`);
  await expect(form).toContainText('Correct 1 address first');
  await form.getByRole('button', { name: 'Remove person500@example.com' }).click();
  let requests = 0;
  page.on('request', (request) => {
    requests += Number(request.url().includes(':batchCreate'));
  });
  await form.getByRole('button', { name: 'Create 500 invites' }).click();
  expect(await linksOf(page)).toHaveLength(500);
  expect(requests).toBe(1);
});
