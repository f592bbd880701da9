// The invites of a group: who is invited, and what one does about it.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { ask } from '../support/api.ts';
import { heading, main } from '../support/console.ts';
import { goToInvites, holdsNothing, inviteButton, inviteRow as row, linksDialog, linksOf, listsThem, listsTwoPages, makeInvite, openInvites } from '../support/invites.ts';
import { OWNER, signIn, VIEWER } from '../support/people.ts';

const [ADA, BOB] = ['ada@example.com', 'bob@example.com'];

const filter = (page: Page, name: string) => main(page).getByRole('navigation', { name: 'States' }).getByRole('link', { name });

/** Opens all that is known of an invite. */
async function about(page: Page, name: string): Promise<Locator> {
  await row(page, name).getByRole('button', { name, exact: true }).click();
  const dialog = page.getByRole('dialog', { name });
  await expect(dialog).toBeVisible();
  return dialog;
}

test('each invite says for whom, which role, where, by whom and what became of it', async ({ page }) => {
  await signIn(page, OWNER);
  await makeInvite(page, { email: ADA });
  await makeInvite(page, { folder: 'staging', role: 'editor', singleUse: false, ttl: '30d' });
  await openInvites(page, 'example');
  await expect(row(page, ADA)).toContainText(`by ${OWNER}`);
  await expect(row(page, ADA)).toContainText('viewer');
  await expect(row(page, ADA)).toContainText('ends in 24 h');
  await expect(row(page, 'Anyone with the link')).toContainText('staging');
  await expect(row(page, 'Anyone with the link')).toContainText('editor');
  await expect(row(page, ADA).getByText('in 24 h')).toHaveAttribute('title', /\d{4}/);
  await expect(main(page).locator('code')).toHaveText('bailiwick iam invites list example');
});

test('the states are in the address, and the way back leads through them', async ({ page }) => {
  await signIn(page, OWNER);
  await makeInvite(page, { email: ADA });
  const { uid } = await makeInvite(page, { email: BOB });
  await ask(page, 'DELETE', `/iam/v2/groupInvites/${uid}`);
  await openInvites(page);
  await expect(filter(page, 'Open')).toHaveAttribute('aria-current', 'true');
  await expect(row(page, ADA)).toBeVisible();
  await expect(row(page, BOB)).toHaveCount(0);
  await filter(page, 'Closed').click();
  await expect(page).toHaveURL(/\?state=closed$/);
  await expect(row(page, BOB)).toContainText('Revoked');
  await expect(row(page, ADA)).toHaveCount(0);
  await page.reload();
  await expect(row(page, BOB)).toContainText('Revoked');
  await filter(page, 'All').click();
  await expect(row(page, ADA)).toBeVisible();
  await expect(row(page, BOB)).toBeVisible();
  await filter(page, 'Accepted').click();
  await expect(main(page).getByRole('heading', { name: 'No such invite' })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\?state=all$/);
  await expect(row(page, ADA)).toBeVisible();
});

test('an expired invite says so, and can be given another end', async ({ page }) => {
  await signIn(page, OWNER);
  await makeInvite(page, { email: ADA });
  await listsThem(page, [{ state: 'EXPIRED', expirationTime: '2026-01-02T03:04:05Z' }]);
  await openInvites(page);
  await expect(row(page, ADA)).toContainText('Expired');
  const dialog = await about(page, ADA);
  await expect(dialog.getByRole('button', { name: 'Extend' })).toBeVisible();
});

test('a search finds addresses, stands in the address, and says when there is none', async ({ page }) => {
  await signIn(page, OWNER);
  await makeInvite(page, { email: ADA });
  await makeInvite(page, { email: BOB });
  await openInvites(page);
  await page.getByRole('searchbox', { name: 'Find an address' }).fill('ada');
  await expect(row(page, BOB)).toHaveCount(0);
  await expect(row(page, ADA)).toBeVisible();
  await expect(page).toHaveURL(/find=ada/);
  await page.reload();
  await expect(row(page, ADA)).toBeVisible();
  await expect(row(page, BOB)).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Find an address' }).fill('nobody');
  await expect(main(page)).toContainText('No invite here has nobody in its address.');
  await main(page).getByRole('button', { name: 'Show all' }).click();
  await expect(row(page, BOB)).toBeVisible();
  await expect(page).not.toHaveURL(/find=/);
});

test('a new link ends the old one', async ({ page, announced }) => {
  await signIn(page, OWNER);
  const { code } = await makeInvite(page, { email: ADA });
  await openInvites(page);
  const dialog = await about(page, ADA);
  await dialog.getByRole('button', { name: 'New link' }).click();
  const question = page.getByRole('dialog', { name: `New link for ${ADA}` });
  await expect(question).toContainText('The old link stops working at once.');
  await question.getByRole('button', { name: /^Make new link/ }).click();
  const [link] = await linksOf(page);
  expect(link).not.toContain(code);
  await linksDialog(page).getByRole('button', { name: 'Done' }).click();
  await expect(row(page, ADA)).toHaveCount(1);
  announced.status(400);
  await page.goto(`/invite#${code}`);
  await expect(heading(page, 'There is a newer link')).toBeVisible();
});

test('an invite that is extended keeps its link', async ({ page, newBrowser }) => {
  await signIn(page, OWNER);
  const { link } = await makeInvite(page, { email: ADA });
  await openInvites(page);
  const dialog = await about(page, ADA);
  await dialog.getByRole('button', { name: 'Extend' }).click();
  const question = page.getByRole('dialog', { name: `More time for ${ADA}` });
  await question.getByRole('radio', { name: '30 days' }).check();
  await question.getByRole('button', { name: `Extend ${ADA}` }).click();
  await expect(question).toBeHidden();
  await expect(row(page, ADA)).toContainText('ends in 30 days');
  const guest = await (await newBrowser()).newPage();
  await guest.goto(link);
  await expect(heading(guest, 'Join example as a viewer of dev')).toBeVisible();
});

test('revoking asks first, and leaves the invite among the closed ones', async ({ page }) => {
  await signIn(page, OWNER);
  await makeInvite(page, { email: ADA });
  await openInvites(page);
  const dialog = await about(page, ADA);
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  const question = page.getByRole('dialog', { name: `Revoke ${ADA}` });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(row(page, ADA)).toBeVisible();
  await about(page, ADA);
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await question.getByRole('button', { name: `Revoke ${ADA}` }).click();
  await expect(main(page).getByRole('heading', { name: 'Nobody is invited' })).toBeVisible();
  await filter(page, 'Closed').click();
  await expect(row(page, ADA)).toContainText('Revoked');
});

test('several are given new links or revoked at once', async ({ page }) => {
  await signIn(page, OWNER);
  await makeInvite(page, { email: ADA });
  await makeInvite(page, { email: BOB });
  await openInvites(page);
  await main(page).getByRole('checkbox', { name: 'Choose all' }).check();
  const bar = page.getByRole('region', { name: 'Chosen rows' });
  await expect(bar).toContainText('2 chosen');
  await bar.getByRole('button', { name: 'New links' }).click();
  await page.getByRole('dialog', { name: 'New link for 2 invites' }).getByRole('button', { name: /^Make/ }).click();
  const links = await linksOf(page);
  expect(new Set(links).size).toBe(2);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await linksDialog(page).getByRole('button', { name: 'Copy all' }).click();
  await expect(linksDialog(page).getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  for (const link of links) {
    expect(copied).toContain(link);
  }
  await linksDialog(page).getByRole('button', { name: 'Done' }).click();
  await main(page).getByRole('checkbox', { name: `Choose ${ADA}` }).check();
  await expect(main(page).getByRole('checkbox', { name: 'Choose all' })).toBeChecked({ indeterminate: true });
  await main(page).getByRole('checkbox', { name: `Choose ${BOB}` }).check();
  await bar.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog', { name: 'Revoke 2 invites' }).getByRole('button', { name: 'Revoke 2 invites' }).click();
  await expect(page.getByRole('status').filter({ hasText: '2 invites' })).toBeVisible();
  await expect(main(page).getByRole('heading', { name: 'Nobody is invited' })).toBeVisible();
});

test('of several, what is refused is said, and the rest is done', async ({ page, announced }) => {
  await signIn(page, OWNER);
  const ada = await makeInvite(page, { email: ADA });
  await makeInvite(page, { email: BOB });
  await openInvites(page);
  await main(page).getByRole('checkbox', { name: 'Choose all' }).check();
  announced.status(503);
  await page.route(`**/${ada.uid}`, (route) => route.fulfill({ status: 503, body: '' }));
  await page.getByRole('region', { name: 'Chosen rows' }).getByRole('button', { name: 'Revoke' }).click();
  const question = page.getByRole('dialog', { name: 'Revoke 2 invites' });
  await question.getByRole('button', { name: 'Revoke 2 invites' }).click();
  await expect(question).toContainText('One was not done:');
  await expect(question.getByRole('listitem').filter({ hasText: ADA })).toContainText('not available now (503)');
  await expect(row(page, BOB)).toHaveCount(0);
  await page.unrouteAll();
  await question.getByRole('button', { name: /^Revoke/ }).click();
  await expect(question).toBeHidden();
  await expect(main(page).getByRole('heading', { name: 'Nobody is invited' })).toBeVisible();
});

test('who may not invite is told what it takes', async ({ page, newBrowser }) => {
  await signIn(page, OWNER);
  await makeInvite(page, { email: ADA });
  const viewer = await (await newBrowser()).newPage();
  await signIn(viewer, VIEWER);
  await openInvites(viewer);
  await expect(inviteButton(viewer)).toHaveAttribute('aria-disabled', 'true');
  await expect(inviteButton(viewer)).toHaveAccessibleDescription(/group_invites\.create and role_bindings\.create.*owner/);
  await inviteButton(viewer).press('Enter');
  await expect(viewer.getByRole('dialog')).toHaveCount(0);
  await expect(main(viewer).getByRole('checkbox')).toHaveCount(0);
  const dialog = await about(viewer, ADA);
  await expect(dialog.getByRole('button')).toHaveText(['Close']);
});

test('who may not see the invites is told what it takes', async ({ page }) => {
  await signIn(page, OWNER);
  await holdsNothing(page);
  await goToInvites(page);
  await expect(main(page).getByRole('heading', { name: 'You may not see the invites of dev' })).toBeVisible();
  await expect(main(page)).toContainText('group_invites.list');
});

test('nobody invited yet shows what an invite is, and the command for it', async ({ page }) => {
  await signIn(page, OWNER);
  await openInvites(page);
  await expect(main(page).getByRole('heading', { name: 'Nobody is invited' })).toBeVisible();
  await expect(main(page).locator('code')).toHaveText(
    'bailiwick iam invites create example/dev --role viewer --email someone@example.com --ttl 7d --single-use',
  );
});

test('what the server does not answer can be asked again', async ({ page, announced }) => {
  await signIn(page, OWNER);
  await makeInvite(page, { email: ADA });
  announced.status(503);
  await page.route('**/iam/v2/groupInvites?*', (route) => route.fulfill({ status: 503, body: '' }));
  await openInvites(page);
  await expect(main(page).getByRole('heading', { name: 'The invites did not arrive' })).toBeVisible();
  await page.unrouteAll();
  await main(page).getByRole('button', { name: 'Try again' }).click();
  await expect(row(page, ADA)).toBeVisible();
});

test('an act that cannot reach the server says so and can be done again', async ({ page, announced }) => {
  await signIn(page, OWNER);
  await makeInvite(page, { email: ADA });
  await openInvites(page);
  await (await about(page, ADA)).getByRole('button', { name: 'Revoke' }).click();
  const question = page.getByRole('dialog', { name: `Revoke ${ADA}` });
  announced.unreachable();
  await page.context().setOffline(true);
  await question.getByRole('button', { name: `Revoke ${ADA}` }).click();
  await expect(question).toContainText('One was not done:');
  await page.context().setOffline(false);
  await question.getByRole('button', { name: `Revoke ${ADA}` }).click();
  await expect(main(page).getByRole('heading', { name: 'Nobody is invited' })).toBeVisible();
});

test('more than a page of invites come a page at a time', async ({ page }) => {
  await signIn(page, OWNER);
  await makeInvite(page, { email: ADA });
  await listsTwoPages(page);
  await openInvites(page);
  await expect(main(page)).toContainText('1 of 2');
  await main(page).getByRole('button', { name: 'Show more' }).click();
  await expect(main(page).getByRole('table').getByRole('row')).toHaveCount(3);
  await expect(main(page).getByRole('button', { name: 'Show more' })).toHaveCount(0);
});

test('invites are read and revoked by keyboard alone', async ({ page }) => {
  await signIn(page, OWNER);
  await makeInvite(page, { email: ADA });
  await openInvites(page);
  const opener = row(page, ADA).getByRole('button', { name: ADA });
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: ADA });
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
  await main(page).getByRole('checkbox', { name: `Choose ${ADA}` }).press('Space');
  const revoke = page.getByRole('region', { name: 'Chosen rows' }).getByRole('button', { name: 'Revoke' });
  await revoke.press('Enter');
  const question = page.getByRole('dialog', { name: `Revoke ${ADA}` });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(question.getByRole('button', { name: `Revoke ${ADA}` })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(main(page).getByRole('heading', { name: 'Nobody is invited' })).toBeVisible();
  await expect(inviteButton(page)).toBeFocused();
});
