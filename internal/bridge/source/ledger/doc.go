// Package ledger is the REST API of the built-in subscription book, for merchants with a back end of their own,
// and the sender of its outgoing webhooks.
//
// It exists so that the book can be read and changed from any language: JSON over HTTP under /api/v1, one bearer
// token per shop, an OpenAPI document at /api/v1/openapi.json. It must not decide anything: every request is one
// use case of package bridge, which also keeps repeated requests from acting twice. It must not answer with
// anything of another shop, and must not log what is in a request.
//
// A change goes through these steps, and the first that fails answers:
//
//	token ─▶ size ─▶ strict JSON ─▶ use case (checks, one transaction) ─▶ what is now true
//
// Times are RFC 3339 in UTC, dates are days in the shop's time zone, amounts are in the currency's smallest unit.
package ledger
