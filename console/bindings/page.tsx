import type { ReactNode } from 'react';

export function BindingsPage(): ReactNode {
  return null;
}
