import { createServer, type AddressInfo, type Server } from 'node:net';
import { choosePort } from '../../stack';
import { releasePorts } from '../../stack/ports';

const listen = (host?: string): Promise<Server> =>
  new Promise((done) => {
    const server = createServer().listen({ port: 0, host }, () => done(server));
  });
const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const close = (server: Server): Promise<void> => new Promise((done) => server.close(() => done()));

describe('ports', () => {
  it('keeps the preferred one when nobody listens on it', async () => {
    const server = await listen();
    const port = portOf(server);
    await close(server);
    expect(await choosePort(port)).toBe(port);
    releasePorts([port]);
  });

  it.each([
    ['every address', undefined],
    ['the loopback only', '127.0.0.1'],
  ])('chooses another one when somebody listens on %s', async (_where, host) => {
    const server = await listen(host);
    try {
      const chosen = await choosePort(portOf(server));
      expect(chosen).not.toBe(portOf(server));
      const other = createServer();
      await new Promise<void>((done) => other.listen(chosen, '127.0.0.1', done));
      await close(other);
    } finally {
      await close(server);
    }
  });

  it('never hands out the same one twice before it is released', async () => {
    const server = await listen();
    const port = portOf(server);
    await close(server);
    const [one, other] = [await choosePort(port), await choosePort(port)];
    expect(one).not.toBe(other);
    releasePorts([one, other]);
    expect(await choosePort(port)).toBe(port);
    releasePorts([port]);
  });
});
