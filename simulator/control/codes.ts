import type { FastifyInstance } from 'fastify';
import { CODES } from '../feishu/codes';
import { controlRoute } from './route';

/** Every error code that the platform knows, with its text and HTTP status: what a fault of effect `code` answers. */
export function registerCodeControl(server: FastifyInstance): void {
  controlRoute(server, { method: 'GET', path: '/_control/codes', handler: () => ({ items: CODES }) });
}
