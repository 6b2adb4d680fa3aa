/** What an admin reads beside each onboarding step. */
export const STEP_TITLES: Record<string, string> = {
  'create-app':
    'Create the custom app – confirm that the app and the company read back are the intended ones',
  bot: 'Add the bot',
  'web-app': 'Add the web app and set its homepage URL',
  'redirect-url': 'Set the redirect URL',
  permissions: 'Open the API permissions',
  version: 'Create and release a version',
  availability: 'Make the app available to all members',
  'default-features': 'Set the default features: bot on mobile, web app on desktop',
  review: 'Review by the company admin',
  credentials: 'Enter App ID and App Secret',
  'first-sync': 'Mirror the company directory',
  'first-bindings': 'Bind the first agents',
  reminders: 'Switch the Feishu reminder on',
};
