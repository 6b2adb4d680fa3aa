import { request } from 'node:http';
import { startApi, type TestApi } from './server';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

test.each(['/v1/dockings/%E0%A4%A', '/v1/dockings/dk_any/ticket-events/%ED%A0%80', '/%'])(
  'an address that cannot be read (%s) is a problem like any other',
  async (path) => {
    const { port, hostname } = new URL(api.url);
    // Not by a client that mends addresses before it sends them.
    const answer = await new Promise<{ status?: number; headers: object; text: string }>((done, failed) =>
      request({ port, hostname, path, headers: { 'accept-language': 'zh-CN' } }, (response) => {
        let text = '';
        response.on('data', (part: Buffer) => (text += part.toString()));
        response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, text }));
      })
        .on('error', failed)
        .end(),
    );
    expect(answer).toMatchObject({
      status: 400,
      headers: {
        'content-type': expect.stringMatching('application/problem\\+json') as string,
        'content-language': 'zh',
        'x-request-id': expect.any(String) as string,
      },
    });
    expect(JSON.parse(answer.text)).toMatchObject({
      type: 'Request.Refused',
      status: 400,
      title: '无法读取该请求。',
      instance: expect.any(String) as string,
    });
  },
);
