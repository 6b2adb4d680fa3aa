/** Which address shows which page. Addresses are fragments, so that the API's own paths stay free. */
import { createHashRouter, Navigate, type RouteObject } from 'react-router';
import { AuditPage } from './audit/page';
import { BindingsPage } from './bindings/page';
import { DeliveriesPage } from './deliveries/page';
import { DirectoryPage } from './directory/page';
import { DockingFrame } from './dockings/docking-frame';
import { DockingsPage } from './dockings/page';
import { Frame } from './layout/frame';
import { NotFoundPage } from './layout/not-found';
import { RemindersPage } from './reminders/page';
import { SetupPage } from './setup/page';

const ROUTES: RouteObject[] = [
  {
    element: <Frame />,
    children: [
      { index: true, element: <DockingsPage /> },
      {
        path: 'dockings/:dockingId',
        element: <DockingFrame />,
        children: [
          { index: true, element: <Navigate to="setup" replace /> },
          { path: 'setup/*', element: <SetupPage /> },
          { path: 'directory/*', element: <DirectoryPage /> },
          { path: 'bindings/*', element: <BindingsPage /> },
          { path: 'reminders/*', element: <RemindersPage /> },
          { path: 'deliveries/*', element: <DeliveriesPage /> },
          { path: 'audit', element: <AuditPage /> },
        ],
      },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
];

/** Reads the address at once: only after the token of the link was taken out of it. */
export const openRouter = (): ReturnType<typeof createHashRouter> => createHashRouter(ROUTES);
