import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';

// Once, before the first schema is made: gives schemas `.openapi(name)`, which names them in /openapi.json.
extendZodWithOpenApi(z);

export { z };
