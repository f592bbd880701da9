// Review before save: what a change would do, what stands in its way, and what comes of saving it.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { accessRow as row, answerBindings, answerOutdated, answerPreview, chooseFor, identityOf, openAccess, reviewDialog } from '../support/access.ts';
import { ask, bind } from '../support/api.ts';
import { main } from '../support/console.ts';
import { uidOf } from '../support/invites.ts';
import { EDITOR, OWNER, signIn, VIEWER } from '../support/people.ts';

const CONTRACTOR = 'contractor@example.com';
const PREVIEW = '**/iam/v2/access:preview';
const APPLY = '**/iam/v2/access:apply';

/** Opens the review of a removal, with what the server answers of it. */
async function openReview(page: Page, change: object = {}): Promise<Locator> {
  await signIn(page, OWNER);
  await answerBindings(page);
  await answerPreview(page, change);
  await openAccess(page);
  await chooseFor(page, CONTRACTOR, 'Remove');
  const review = reviewDialog(page);
  await expect(review.getByText('Nothing is saved yet.')).toBeVisible();
  return review;
}

const save = (review: Locator) => review.getByRole('button', { name: /^Save \d+ changes?$/ });

test('it counts first, then says who and what, and warns of the greatest consequences', async ({ page }) => {
  const review = await openReview(page);
  const numbers = review.getByRole('listitem');
  await expect(numbers.filter({ hasText: /^1gains capabilities$/ })).toBeVisible();
  await expect(numbers.filter({ hasText: /^2lose capabilities$/ })).toBeVisible();
  await expect(numbers.filter({ hasText: /^2owners afterwards$/ })).toBeVisible();
  await expect(review).toContainText('editor@example.com becomes owner.');
  await expect(review).toContainText('owner@example.com is owner no longer.');
  await expect(review).toContainText('You would lose 126 capabilities here yourself.');
  await expect(review.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(review.locator('code').last()).toContainText('bailiwick iam role-bindings delete ');
  const person = review.getByRole('group').filter({ hasText: CONTRACTOR });
  await expect(person).toContainText('in dev and 1 more');
  await expect(person).toContainText('−14');
  await person.getByText(CONTRACTOR).click();
  await expect(person).toContainText('groups.list');
  await expect(person).not.toContainText('groups.delete');
});

test('what changes nothing says so, and can be saved', async ({ page }) => {
  const review = await openReview(page, { gainCount: 0, loseCount: 0, people: [] });
  await expect(review).toContainText('Nobody gains or loses a capability.');
  await expect(save(review)).not.toHaveAttribute('aria-disabled');
});

test('a refusal stands at its change and in the way of all', async ({ page }) => {
  const review = await openReview(page, { refusals: [{ index: 0, reason: 'LAST_OWNER', message: 'You are the last owner of example.' }] });
  await expect(review.getByRole('alert')).toContainText(`${CONTRACTOR}: editor no longer. You are the last owner of example.`);
  await expect(save(review)).toHaveAttribute('aria-disabled', 'true');
  await expect(save(review)).toHaveAccessibleDescription('What is refused stands in the way of the rest.');
  await expect(review.getByRole('button', { name: 'Leave out what is refused' })).toHaveCount(0);
});

test('of several, what is refused can be left out', async ({ page }) => {
  await signIn(page, OWNER);
  await answerBindings(page);
  await answerPreview(page, { refusals: [{ index: 1, reason: 'BEYOND_REACH', message: 'You do not hold all of it.' }] });
  await openAccess(page);
  await main(page).getByRole('checkbox', { name: 'Choose all' }).check();
  await page.getByRole('region', { name: 'Chosen rows' }).getByRole('button', { name: 'Remove' }).click();
  const review = reviewDialog(page);
  await expect(review.getByRole('alert')).toContainText('You do not hold all of it.');
  await answerPreview(page);
  await review.getByRole('button', { name: 'Leave out what is refused' }).click();
  await expect(review.getByRole('button', { name: 'Save 5 changes' })).not.toHaveAttribute('aria-disabled');
});

test('what somebody else changed meanwhile is seen before anything is saved', async ({ page, announced }) => {
  announced.status(409);
  const review = await openReview(page);
  await answerOutdated(page);
  await answerPreview(page, { gainCount: 5, revision: '8' });
  await save(review).click();
  await expect(review).toContainText('Somebody changed access here meanwhile, so nothing was saved.');
  await expect(review.getByRole('listitem').filter({ hasText: /^5gain capabilities$/ })).toBeVisible();
  const sent = page.waitForRequest(APPLY);
  await page.route(APPLY, (route) => route.fulfill({ json: { revision: '9' } }));
  await save(review).click();
  expect((await sent).postDataJSON().revision).toBe('8');
  await expect(review).toBeHidden();
});

test('a server that is gone changes nothing and loses nothing', async ({ page, announced }) => {
  announced.unreachable();
  const review = await openReview(page);
  await page.route(APPLY, (route) => route.abort(), { times: 1 });
  await save(review).click();
  await expect(review).toContainText('The server did not answer. Nothing was changed.');
  await page.route(APPLY, (route) => route.fulfill({ json: {} }));
  await save(review).click();
  await expect(review).toBeHidden();
  await expect(page.getByText('1 change saved.')).toBeVisible();
});

test('a preview that fails is asked for again', async ({ page, announced }) => {
  announced.status(503);
  await signIn(page, OWNER);
  await answerBindings(page);
  await openAccess(page);
  await answerPreview(page);
  await page.route(PREVIEW, (route) => route.fulfill({ status: 503, body: 'busy' }), { times: 1 });
  await chooseFor(page, CONTRACTOR, 'Remove');
  const review = reviewDialog(page);
  await expect(save(review)).toHaveAttribute('aria-disabled', 'true');
  await review.getByRole('button', { name: 'Try again' }).click();
  await expect(save(review)).not.toHaveAttribute('aria-disabled');
});

test('a double press saves once, and Esc does not hide what is under way', async ({ page }) => {
  const review = await openReview(page);
  let sent = 0;
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(APPLY, async (route) => {
    sent += 1;
    await held;
    await route.fulfill({ json: {} });
  });
  await save(review).dblclick();
  await expect(save(review)).toHaveAttribute('aria-busy', 'true');
  await page.keyboard.press('Escape');
  await expect(review).toBeVisible();
  answer();
  await expect(review).toBeHidden();
  expect(sent).toBe(1);
});

test('the last owner stays, and reads why', async ({ page, announced }) => {
  announced.status(400);
  await signIn(page, OWNER);
  await openAccess(page, 'example');
  await chooseFor(page, OWNER, 'Change role or end');
  const form = page.getByRole('dialog', { name: `Change the access of ${OWNER}` });
  await form.getByLabel('Role').selectOption('viewer');
  await form.getByRole('button', { name: 'Review' }).click();
  const review = reviewDialog(page);
  await expect(review.getByRole('alert')).toContainText(/owner/);
  await expect(save(review)).toHaveAttribute('aria-disabled', 'true');
});

test("an owner changes someone's role at the root, sees who gains, and their browser obeys at once", async ({ page, newBrowser, announced }) => {
  announced.status(403);
  const other = await (await newBrowser()).newPage();
  await signIn(other, VIEWER);
  await signIn(page, OWNER);
  await openAccess(page, 'example');
  await chooseFor(page, VIEWER, 'Change role or end');
  const form = page.getByRole('dialog', { name: `Change the access of ${VIEWER}` });
  await form.getByLabel('Role').selectOption('owner');
  await form.getByRole('button', { name: 'Review' }).click();
  const review = reviewDialog(page);
  await expect(review).toContainText(`${VIEWER} becomes owner.`);
  await expect(review.getByRole('listitem').filter({ hasText: /^1gains capabilities$/ })).toBeVisible();
  await save(review).click();
  await expect(review).toBeHidden();
  await expect(row(page, VIEWER)).toContainText('owner');
  const root = await uidOf(other, 'example');
  await ask(other, 'POST', `/iam/v2/groups/${root}`, { name: 'made-by-the-new-owner' });
  await chooseFor(page, VIEWER, 'Remove');
  await expect(reviewDialog(page)).toContainText(`${VIEWER} is owner no longer.`);
  await save(reviewDialog(page)).click();
  await expect(row(page, VIEWER)).toHaveCount(0);
  await expect(ask(other, 'POST', `/iam/v2/groups/${root}`, { name: 'too-late' })).rejects.toThrow(/40[34]/);
});

test('of two tabs, the one that comes second sees first what the other did', async ({ page, newBrowser, announced, context }) => {
  announced.status(409);
  const other = await (await newBrowser()).newPage();
  await signIn(other, EDITOR);
  await signIn(page, OWNER);
  await bind(page, other, 'viewer', await uidOf(page, 'dev'));
  await openAccess(page, 'dev', '?show=here');
  await chooseFor(page, EDITOR, 'Remove');
  const review = reviewDialog(page);
  await expect(save(review)).not.toHaveAttribute('aria-disabled');
  const second = await context.newPage();
  await second.goto('/');
  await expect(second.getByRole('heading', { name: 'Organizations' })).toBeVisible();
  const { roles } = await ask<{ roles: { uid: string }[] }>(second, 'GET', '/iam/v2/roles?name=viewer');
  const staging = await uidOf(second, 'staging');
  await ask(second, 'POST', `/iam/v2/roleBindings/${staging}`, { identityUid: await identityOf(other), roleUid: roles[0]!.uid });
  await save(review).click();
  await expect(review).toContainText('Somebody changed access here meanwhile, so nothing was saved.');
  await save(review).click();
  await expect(review).toBeHidden();
  await expect(row(page, EDITOR)).toHaveCount(0);
});
