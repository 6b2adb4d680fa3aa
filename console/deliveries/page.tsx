import type { ReactNode } from 'react';
export function DeliveriesPage(): ReactNode {
  return null;
}
