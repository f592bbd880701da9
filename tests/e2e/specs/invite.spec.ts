// Being invited: the page behind the link, and what one answers.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { heading, main } from '../support/console.ts';
import { makeInvite, openInvites, signInAtInvite } from '../support/invites.ts';
import { account, be, leaveForProvider, OWNER, signIn, STRANGER } from '../support/people.ts';

const INVITED = 'auditor@example.com';

test('the code leaves the address bar at once, and a reload asks for it again', async ({ page, newBrowser }) => {
  await signIn(page, OWNER);
  const { link, code } = await makeInvite(page);
  const guest = await (await newBrowser()).newPage();
  await guest.goto(link);
  await expect(heading(guest, 'Join example as a viewer of dev')).toBeVisible();
  await expect(guest).toHaveURL('/invite');
  await guest.reload();
  await expect(heading(guest, 'Have an invite?')).toBeVisible();
  await guest.getByLabel('Link or code of the invite').fill(`Here you are: <${link}>.`);
  await guest.keyboard.press('Enter');
  await expect(heading(guest, 'Join example as a viewer of dev')).toBeVisible();
  await guest.reload();
  await guest.getByLabel('Link or code of the invite').fill(code);
  await guest.getByRole('button', { name: 'Open the invite' }).click();
  await expect(heading(guest, 'Join example as a viewer of dev')).toBeVisible();
});

test('another link in the same tab is another invite', async ({ page }) => {
  await signIn(page, OWNER);
  const [one, other] = [await makeInvite(page, { folder: 'prod' }), await makeInvite(page, { folder: 'staging' })];
  await page.goto(one.link);
  await expect(heading(page, 'You are already a member')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('prod');
  await page.evaluate((link) => location.assign(link), other.link);
  await expect(page.getByRole('main')).toContainText('staging');
  await expect(page).toHaveURL('/invite');
});

test('who goes back from the provider finds the invite again', async ({ page, newBrowser }) => {
  await signIn(page, OWNER);
  const { link } = await makeInvite(page);
  const guest = await (await newBrowser()).newPage();
  await guest.goto(link);
  await leaveForProvider(guest);
  await guest.goBack();
  await expect(heading(guest, 'Join example as a viewer of dev')).toBeVisible();
  await guest.goForward();
  await be(guest, STRANGER);
  await expect(guest.getByRole('button', { name: 'Join example' })).toBeVisible();
  await guest.getByRole('button', { name: 'Join example' }).click();
  await expect(heading(guest, 'dev')).toBeVisible();
  await guest.goBack();
  await expect(guest.getByText('Join example')).toHaveCount(0);
});

test('two tabs with one invite sign in and join once', async ({ page, newBrowser, announced }) => {
  await signIn(page, OWNER);
  const { link } = await makeInvite(page, { email: INVITED });
  const context = await newBrowser();
  const [one, two] = [await context.newPage(), await context.newPage()];
  for (const tab of [one, two]) {
    await tab.goto(link);
    await leaveForProvider(tab);
  }
  await be(one, INVITED);
  await expect(one.getByRole('button', { name: 'Join example' })).toBeVisible();
  await be(two, INVITED);
  await expect(two.getByRole('button', { name: 'Join example' })).toBeVisible();
  await two.getByRole('button', { name: 'Join example' }).click();
  await expect(heading(two, 'dev')).toBeVisible();
  announced.status(409);
  // Its page was drawn for the session before: it loads again by itself, with the invite.
  await one.getByRole('button', { name: 'Join example' }).click();
  await expect(heading(one, 'You are already a member')).toBeVisible();
  await expect(one).toHaveURL('/invite');
  await one.getByRole('link', { name: /^Open/ }).click();
  await expect(heading(one, 'dev')).toBeVisible();
});

test('with the wrong account one switches, and stays at the invite', async ({ page, newBrowser }) => {
  await signIn(page, OWNER);
  const { link } = await makeInvite(page, { email: INVITED });
  const guest = await (await newBrowser()).newPage();
  await signIn(guest, STRANGER);
  await guest.goto(link);
  await expect(heading(guest, 'This invite is for someone else')).toBeVisible();
  await guest.getByRole('button', { name: 'Sign in with another account' }).click();
  await expect(heading(guest, 'Join example as a viewer of dev')).toBeVisible();
  await signInAtInvite(guest, INVITED);
  await guest.getByRole('button', { name: 'Join example' }).click();
  await expect(heading(guest, 'dev')).toBeVisible();
});

test('who is signed in as the right person joins at once', async ({ page, newBrowser }) => {
  await signIn(page, OWNER);
  const { link } = await makeInvite(page, { email: STRANGER, folder: 'prod', role: 'editor' });
  const guest = await (await newBrowser()).newPage();
  await signIn(guest, STRANGER);
  await guest.goto(link);
  await expect(heading(guest, 'Join example as an editor of prod')).toBeVisible();
  await expect(guest.getByRole('main')).toContainText('Change who has which role');
  await guest.getByRole('button', { name: 'Join example' }).click();
  await expect(heading(guest, 'prod')).toBeVisible();
});

test('declining asks first, and the owner sees it', async ({ page, newBrowser }) => {
  await signIn(page, OWNER);
  const { link } = await makeInvite(page, { email: STRANGER });
  const guest = await (await newBrowser()).newPage();
  await signIn(guest, STRANGER);
  await guest.goto(link);
  await guest.getByRole('button', { name: 'Decline' }).click();
  const question = guest.getByRole('dialog', { name: 'Decline this invite?' });
  await expect(question.getByRole('button', { name: 'Keep the invite' })).toBeFocused();
  await guest.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await guest.getByRole('button', { name: 'Decline' }).click();
  await question.getByRole('button', { name: 'Decline the invite' }).click();
  await expect(heading(guest, 'You declined the invite')).toBeVisible();
  await openInvites(page);
  await main(page).getByRole('link', { name: 'Closed' }).click();
  await expect(main(page).getByRole('row', { name: new RegExp(STRANGER) })).toContainText('Declined');
});

test('a session that ends at the invite comes back to it', async ({ page, newBrowser, announced }) => {
  await signIn(page, OWNER);
  const { link } = await makeInvite(page);
  const context = await newBrowser();
  const guest = await context.newPage();
  await signIn(guest, STRANGER);
  await guest.goto(link);
  await expect(guest.getByRole('button', { name: 'Join example' })).toBeVisible();
  announced.status(401);
  await context.clearCookies();
  await guest.getByRole('button', { name: 'Join example' }).click();
  await guest.getByRole('dialog', { name: 'Your session ended' }).getByRole('button', { name: /^Sign in on this page/ }).click();
  await leaveForProvider(guest);
  await be(guest, STRANGER);
  await guest.getByRole('button', { name: 'Join example' }).click();
  await expect(heading(guest, 'dev')).toBeVisible();
});

test('an invite is answered by keyboard alone, on a phone', async ({ page, newBrowser }) => {
  await signIn(page, OWNER);
  const { link } = await makeInvite(page, { email: INVITED });
  const guest = await (await newBrowser({ viewport: { width: 375, height: 700 } })).newPage();
  await guest.goto(link);
  await expect(heading(guest, 'Join example as a viewer of dev')).toBeVisible();
  await tabTo(guest, 'Development sign-in');
  await guest.keyboard.press('Enter');
  await guest.getByLabel('Anyone else').focus();
  await guest.keyboard.type(INVITED);
  await guest.keyboard.press('Enter');
  await expect(guest.getByRole('button', { name: 'Join example' })).toBeVisible();
  await tabTo(guest, 'Join example');
  await guest.keyboard.press('Enter');
  await expect(heading(guest, 'dev')).toBeVisible();
});

/** Presses Tab until the button has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name });
  for (let presses = 0; presses < 12; presses += 1) {
    if (await button.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  await expect(button).toBeFocused();
}

test('a stranger finds the way to put a link in', async ({ page }) => {
  await signIn(page, STRANGER);
  await main(page).getByRole('link', { name: 'I have an invite' }).click();
  await expect(heading(page, 'Have an invite?')).toBeVisible();
  await expect(account(page, STRANGER)).toHaveCount(0);
  await expect(page.getByRole('banner')).toContainText(STRANGER);
});
