/** Where the page begins. */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { startLanguage } from './language';
import { takeAdminLink } from './session/link';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
startLanguage();
// Before the router reads the address: a token must not stay in it.
const link = takeAdminLink();
createRoot(root).render(createElement(App, { link }));
