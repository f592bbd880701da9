// Signing in and out, as a person does it.
import { expect, type Page } from '@playwright/test';

export const OWNER = 'owner@example.com';
export const EDITOR = 'editor@example.com';
export const VIEWER = 'viewer@example.com';
export const STRANGER = 'stranger@elsewhere.test';

/** From `/login`, or whatever led there, to the provider's page, which is another site. */
export async function leaveForProvider(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Development sign-in' }).click();
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible();
  expect(new URL(page.url()).hostname).toBe('127.0.0.1');
}

/** On the provider's page: says who one is. */
export async function be(page: Page, email: string): Promise<void> {
  await page.getByLabel('Anyone else').fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Signs in from the sign-in page, and waits until the console knows it. */
export async function signIn(page: Page, email: string, from = '/login'): Promise<void> {
  await page.goto(from);
  await leaveForProvider(page);
  await be(page, email);
  await expectSignedIn(page, email);
}

/** The account at the foot of the sidebar says who one is. */
export async function expectSignedIn(page: Page, email: string): Promise<void> {
  await expect(account(page, email)).toBeVisible();
  expect(new URL(page.url()).hostname).toBe('localhost');
}

/** The button of the account menu. */
export function account(page: Page, email: string) {
  return page.getByRole('button', { name: `Account ${email}` });
}

/** Opens the account menu and chooses `item`. */
export async function chooseInAccountMenu(page: Page, email: string, item: string): Promise<void> {
  await account(page, email).click();
  await page.getByRole('menu', { name: 'Account' }).getByRole('menuitem', { name: item }).click();
}

export async function signOut(page: Page, email: string): Promise<void> {
  await chooseInAccountMenu(page, email, 'Sign out');
  await expect(page.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible();
}
