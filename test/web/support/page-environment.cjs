const { TestEnvironment } = require('jest-environment-jsdom');

/** jsdom with what the addresses of pages need and jsdom lacks: Node has the same as browsers do. */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    Object.assign(this.global, { AbortController, AbortSignal, Headers, Request, Response, TextDecoder, TextEncoder });
  }
};
