/** What developers copy: the same in every language. */

export const paymentExample = `{
  "type": "payment.received",
  "data": {
    "id": "pay-2026-000117",
    "clientId": "7",
    "amount": "25.00",
    "currency": "USD",
    "at": "2026-03-01T10:00:00Z"
  }
}`;

export const signingExample = (origin: string): string => `SECRET='whsec_…'
BODY='{"type":"payment.received","data":{"id":"pay-2","clientId":"7","amount":"25.00","currency":"USD"}}'
ID=msg-1; TS=$(date +%s)
HEXKEY=$(printf '%s' "\${SECRET#whsec_}" | base64 -d | od -An -tx1 | tr -d ' \\n')
SIGNATURE=$(printf '%s' "$ID.$TS.$BODY" | openssl dgst -sha256 -mac HMAC -binary -macopt "hexkey:$HEXKEY" | base64)
curl ${origin}/v1/webhooks/in/<name> -H 'Content-Type: application/json' \\
  -H "webhook-id: $ID" -H "webhook-timestamp: $TS" -H "webhook-signature: v1,$SIGNATURE" -d "$BODY"`;

export const requestExample = (origin: string): string => `curl '${origin}/v1/clients?state=low&sort=available' \\
  -H 'Authorization: Bearer lw_live_…'`;

export const paymentRequestExample = (origin: string): string => `curl ${origin}/v1/payments \\
  -H 'Authorization: Bearer lw_live_…' -H 'Content-Type: application/json' \\
  -d '{"id":"pay-2026-000117","clientId":"7","amount":"25.00","currency":"USD"}'`;

export const streamExample = (origin: string): string => `curl -sN ${origin}/v1/stream \\
  -H 'Authorization: Bearer lw_live_…' -H 'Accept: text/event-stream'

id: 1
data: {"id":"1","type":"client.changed","clientId":"7"}

id: 2
data: {"id":"2","type":"notification.changed","clientId":"7","resourceId":"31"}`;

export const signalExample = `temporal workflow signal --workflow-id monitor/7 --name refilled \\
  --input '{"paymentId":"pay-2026-000117","amount":"25.00","currency":"USD"}'`;
