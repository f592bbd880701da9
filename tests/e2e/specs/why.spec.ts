// Why somebody may do something somewhere, or what would let them.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { accessRow as row, answerBindings, answerExplain, answerPreview, openAccess, reviewDialog } from '../support/access.ts';
import { main, openOrganization } from '../support/console.ts';
import { openInvites } from '../support/invites.ts';
import { OWNER, signIn, VIEWER } from '../support/people.ts';

const CONTRACTOR = 'contractor@example.com';

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Access to dev' });

async function openWhy(page: Page, may: boolean, change: object = {}): Promise<Locator> {
  await signIn(page, OWNER);
  await answerBindings(page);
  await answerExplain(page, may, change);
  await openAccess(page);
  await row(page, CONTRACTOR).getByRole('button', { name: `Why ${CONTRACTOR} has access` }).click();
  return dialogOf(page);
}

test('all that one may do is listed by resource, each with what gives it', async ({ page }) => {
  const why = await openWhy(page, true);
  await expect(why).toContainText(`${CONTRACTOR} may do 5 things here.`);
  await expect(why.getByRole('heading', { name: 'repo' })).toBeVisible();
  await expect(why.getByRole('button', { name: 'groups.create editor on dev' })).toBeVisible();
  await why.getByRole('searchbox', { name: 'Find a capability' }).fill('repo.l');
  await expect(why.getByRole('button', { name: /groups\./ })).toHaveCount(0);
  await expect(why.getByRole('button', { name: /repo\.list/ })).toBeVisible();
  await why.getByRole('searchbox').fill('groups.delete');
  await expect(why.getByRole('button', { name: 'groups.delete may not', exact: true })).toBeVisible();
  await why.getByRole('searchbox').fill('nothing.of.that.name');
  await expect(why).toContainText('There is no capability of that name.');
});

test('a yes shows the binding that gives it, by whom, since and until when', async ({ page }) => {
  const why = await openWhy(page, true);
  await why.getByRole('button', { name: /^groups\.list/ }).focus();
  await page.keyboard.press('Enter');
  await expect(why.getByRole('heading', { name: `Yes. ${CONTRACTOR} may groups.list in dev.` })).toBeVisible();
  await expect(why.getByRole('listitem').filter({ hasText: 'example gives nothing here' })).toBeVisible();
  const gives = why.getByRole('listitem').filter({ hasText: 'dev gives it' });
  await expect(gives).toContainText(/Bound as editor, which holds this and \d+ more\./);
  await expect(gives).toContainText('By owner@example.com');
  await expect(gives).toContainText('Ends in 5 days.');
  await expect(why).toContainText('This is the only binding that gives it. Take it away and the answer is no.');
  await expect(why.locator('code').last()).toHaveText(`bailiwick iam explain ${CONTRACTOR} groups.list example/dev`);
  await why.getByRole('button', { name: 'All they may do' }).click();
  await expect(why.getByRole('searchbox', { name: 'Find a capability' })).toBeVisible();
});

test('a no says the least that would change it, who could, and leads to its review', async ({ page }) => {
  const why = await openWhy(page, false);
  await answerPreview(page);
  await why.getByRole('button', { name: /^repo\.list/ }).click();
  await expect(why.getByRole('heading', { name: `No. ${CONTRACTOR} may not repo.list in dev.` })).toBeVisible();
  await expect(why).toContainText('which lacks it');
  await expect(why).toContainText('Bind folder-keeper on dev');
  await expect(why).toContainText('3 more with it');
  await expect(why).toContainText('You can do that. So can second-owner@example.com.');
  await why.getByRole('button', { name: 'Review this change' }).click();
  const review = reviewDialog(page);
  await expect(review).toContainText(`${CONTRACTOR}: folder-keeper on dev`);
  await expect(review.getByRole('button', { name: 'Cancel' })).toBeFocused();
});

test('whoever the host has suspended holds nothing, and reads who can change that', async ({ page }) => {
  const why = await openWhy(page, false, { void: 'SUSPENDED', remedy: { kind: 'RESTORE', gained: 0, byYou: false, by: [], byRoles: [] } });
  await why.getByRole('button', { name: /^repo\.list/ }).click();
  await expect(why).toContainText('The host has suspended them');
  await expect(why).toContainText('bailiwick admin restore');
});

test('a binding that one may not see is said without its particulars', async ({ page }) => {
  const group = { uid: 'a'.repeat(40), name: 'example' };
  const why = await openWhy(page, true, { path: [group], bindings: [{ group, effect: 'GRANTED' }] });
  await why.getByRole('button', { name: /^repo\.list/ }).click();
  await expect(why).toContainText('By a binding that you may not see.');
});

test('an answer that does not arrive is asked for again', async ({ page, announced }) => {
  announced.status(503);
  await signIn(page, OWNER);
  await answerBindings(page);
  await answerExplain(page, true);
  await page.route('**/iam/v2/access:explain', (route) => route.fulfill({ status: 503, body: 'busy' }), { times: 1 });
  await openAccess(page);
  await row(page, CONTRACTOR).getByRole('button', { name: /^Why / }).click();
  await dialogOf(page).getByRole('button', { name: 'Try again' }).click();
  await expect(dialogOf(page)).toContainText('may do 5 things here');
});

test('a viewer sees why they cannot invite, and who could change that', async ({ page }) => {
  await signIn(page, VIEWER);
  await openInvites(page);
  await main(page).getByRole('button', { name: 'Who could?' }).click();
  const why = dialogOf(page);
  await expect(why).toContainText(`No. ${VIEWER} may not group_invites.create in dev.`);
  await expect(why).toContainText('The least that would');
  await expect(why).toContainText(/You cannot do that\. .*owner.* can\./);
});

test('the real server says which binding lets an owner do what', async ({ page }) => {
  await signIn(page, OWNER);
  await openAccess(page);
  await row(page, OWNER).getByRole('button', { name: /^Why / }).click();
  const why = dialogOf(page);
  await why.getByRole('searchbox', { name: 'Find a capability' }).fill('groups.delete');
  await why.getByRole('button', { name: 'groups.delete owner on example', exact: true }).click();
  await expect(why.getByRole('heading', { name: `Yes. ${OWNER} may groups.delete in dev.` })).toBeVisible();
  await expect(why.getByRole('listitem').filter({ hasText: 'example gives it' })).toContainText('Bound as owner');
});

test('a viewer who may not make a folder asks who could', async ({ page }) => {
  await signIn(page, VIEWER);
  await openOrganization(page, 'example');
  await main(page).getByRole('button', { name: 'Who could?' }).click();
  const dialog = page.getByRole('dialog', { name: 'Access to example' });
  await expect(dialog).toContainText('groups.create');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
