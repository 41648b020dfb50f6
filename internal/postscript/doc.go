// Package postscript is the wire format of the API that Postscript, the SMS service, speaks with its
// partners: paths, headers, requests, answers, webhooks and errors, version 1 (triggers) and version 2.
//
// It exists so that the client and the server of that API, which are two programs as soon as a merchant
// uses the real Postscript, agree on bytes and on nothing else. It holds no client, no server, no rules
// of texting and no clock; it imports only fault and the standard library.
//
// # What is known and what is not
//
// Version 2 is published by Postscript as an OpenAPI description; its field names, order, status codes and
// time formats are followed exactly. Version 1 was published as prose whose answers are not known. Where an
// answer is unknown the types read every plausible form (an id as number or string, a list bare or under a
// key, an object bare or under a key) and write one, named at the type. Those choices, and the additions of
// our own below, belong in docs/postscript-divergences.md.
//
// # Our own additions
//
//   - HeaderIdempotencyKey on the v1 call that fires a trigger, and external_id on v2 events, carry the id of
//     the delivery. The built-in texting half drops a repeat. The real Postscript promises this for neither,
//     and ignores the header.
//   - FireAnswer, LegacySubscriber and TriggerList have the form written here only in the built-in half.
package postscript
