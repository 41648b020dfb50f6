-- +goose Up

-- Times are BIGINT microseconds since 1970, UTC. Dates are TEXT, ISO. JSON is TEXT.

CREATE TABLE shops (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  link       TEXT NOT NULL,              -- the storefront
  zone       TEXT NOT NULL,              -- IANA
  bridge     TEXT NOT NULL DEFAULT '{}', -- bridge.Settings
  texting    TEXT NOT NULL DEFAULT '{}', -- texting.Settings
  created_at BIGINT NOT NULL
);

-- People who sign in.

CREATE TABLE users (
  id            TEXT PRIMARY KEY,
  email         TEXT NOT NULL UNIQUE,    -- lower case
  password_hash TEXT NOT NULL,           -- argon2id
  created_at    BIGINT NOT NULL
);

CREATE TABLE members (
  user_id TEXT NOT NULL REFERENCES users (id),
  shop_id TEXT NOT NULL REFERENCES shops (id),
  role    TEXT NOT NULL,                 -- owner, agent
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, shop_id)
);
CREATE INDEX members_shop ON members (shop_id);

CREATE TABLE invitations (
  token_hash TEXT PRIMARY KEY,           -- of a one-time link: set-up, sign-in (demo), invitation
  purpose    TEXT NOT NULL,
  shop_id    TEXT NOT NULL DEFAULT '',
  email      TEXT NOT NULL DEFAULT '',
  role       TEXT NOT NULL DEFAULT '',
  expires_at BIGINT NOT NULL,
  used_at    BIGINT
);
CREATE INDEX invitations_shop ON invitations (shop_id) WHERE shop_id <> '';

CREATE TABLE sessions (
  token      TEXT PRIMARY KEY,           -- hash
  data       TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_expires ON sessions (expires_at);

-- The bridge: customers and their subscriptions.

CREATE TABLE customers (
  id              TEXT PRIMARY KEY,
  shop_id         TEXT NOT NULL,
  external_id     TEXT NOT NULL DEFAULT '',
  first_name      TEXT NOT NULL DEFAULT '',
  last_name       TEXT NOT NULL DEFAULT '',
  email           TEXT NOT NULL DEFAULT '',
  phone           TEXT NOT NULL DEFAULT '',
  zone            TEXT NOT NULL DEFAULT '',
  state           TEXT NOT NULL DEFAULT '',
  pay_brand       TEXT NOT NULL DEFAULT '',
  pay_last4       TEXT NOT NULL DEFAULT '',
  pay_fingerprint TEXT NOT NULL DEFAULT '',
  failed_bill     TEXT NOT NULL DEFAULT '', -- subscription.Bill, or ''
  ps_subscriber   TEXT NOT NULL DEFAULT '', -- id at Postscript, looked up once
  texts           TEXT NOT NULL DEFAULT '', -- '', 'subscribed', 'not_subscriber', 'opted_out'
  texts_at        BIGINT NOT NULL DEFAULT 0, -- when that was learned
  question        TEXT NOT NULL DEFAULT '', -- reply.Question that is open, or ''
  language        TEXT NOT NULL DEFAULT '', -- the one they wrote in last, as far as that was clear
  search          TEXT NOT NULL DEFAULT '', -- name, email, phone and external id in lower case, to be found by
  find_name       BYTEA NOT NULL DEFAULT '', -- "first last" in lower case: bytes, so that what begins alike lies together
  find_last       BYTEA NOT NULL DEFAULT '', -- "last first"
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL
);
CREATE UNIQUE INDEX customers_external ON customers (shop_id, external_id) WHERE external_id <> '';
CREATE UNIQUE INDEX customers_phone ON customers (shop_id, phone) WHERE phone <> '';
CREATE INDEX customers_email ON customers (shop_id, email) WHERE email <> '';
CREATE INDEX customers_subscriber ON customers (shop_id, ps_subscriber) WHERE ps_subscriber <> '';
CREATE INDEX customers_shop ON customers (shop_id, id);
-- A search in a shop of a million would read them all without these.
CREATE INDEX customers_name ON customers (shop_id, find_name);
CREATE INDEX customers_last ON customers (shop_id, find_last);

CREATE TABLE subscriptions (
  id             TEXT PRIMARY KEY,
  shop_id        TEXT NOT NULL,
  customer_id    TEXT NOT NULL REFERENCES customers (id),
  external_id    TEXT NOT NULL DEFAULT '',
  items          TEXT NOT NULL,
  interval_count INTEGER NOT NULL,
  interval_unit  TEXT NOT NULL,
  anchor         INTEGER NOT NULL,
  next_date      TEXT NOT NULL DEFAULT '',
  coming_date    TEXT NOT NULL DEFAULT '', -- of its next order as things stand: next_date, or the first after a pause; '': none
  status         TEXT NOT NULL,
  paused_until   TEXT NOT NULL DEFAULT '',
  skipped        TEXT NOT NULL DEFAULT '[]',
  notify_at      BIGINT, -- when the Upcoming Order for coming_date is due; NULL: planned no more
  roll_at        BIGINT, -- when next_date comes, or a pause ends
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL
);
CREATE UNIQUE INDEX subscriptions_external ON subscriptions (shop_id, external_id) WHERE external_id <> '';
CREATE INDEX subscriptions_customer ON subscriptions (customer_id);
-- With the customer: the list of coming orders is read from it in order, and no further than it is shown.
CREATE INDEX subscriptions_coming ON subscriptions (shop_id, coming_date, customer_id);
-- Those due at one moment are claimed in the order of their ids, which is about that in which they are stored: by shop, each claim
-- would touch pages all over the table. The shop is there to count its own in it.
CREATE INDEX subscriptions_notify ON subscriptions (notify_at, id, shop_id) WHERE notify_at IS NOT NULL;
CREATE INDEX subscriptions_roll ON subscriptions (roll_at) WHERE roll_at IS NOT NULL;

-- The fact that a customer has been told of one order date: at most one row, whatever happens.
CREATE TABLE notices (
  customer_id TEXT NOT NULL,
  order_date  TEXT NOT NULL,
  shop_id     TEXT NOT NULL,
  delivery_id TEXT NOT NULL DEFAULT '', -- '' when suppressed at once
  state       TEXT NOT NULL,            -- queued, told, suppressed
  reason      TEXT NOT NULL DEFAULT '',
  at          BIGINT NOT NULL,
  PRIMARY KEY (customer_id, order_date)
);

CREATE TABLE deliveries (
  id          TEXT PRIMARY KEY,
  shop_id     TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  trigger_name TEXT NOT NULL,
  dedupe_key  TEXT NOT NULL,
  lane        INTEGER NOT NULL,         -- 0 answer, 1 event, 2 notice
  state       TEXT NOT NULL,            -- queued, sending, sent, refused, suppressed, unknown
  due_at      BIGINT NOT NULL,          -- queued: when to send; sending: when the sender is taken for dead
  attempts    INTEGER NOT NULL DEFAULT 0,
  order_date  TEXT NOT NULL DEFAULT '',
  facts       TEXT NOT NULL DEFAULT '{}',
  expires_at  BIGINT NOT NULL DEFAULT 0, -- useless after this moment; 0: never
  reply_id    TEXT NOT NULL DEFAULT '',
  request     TEXT NOT NULL DEFAULT '',
  answer      TEXT NOT NULL DEFAULT '',
  http_status INTEGER NOT NULL DEFAULT 0,
  reason      TEXT NOT NULL DEFAULT '',
  created_at  BIGINT NOT NULL,
  finished_at BIGINT
);
CREATE UNIQUE INDEX deliveries_dedupe ON deliveries (customer_id, dedupe_key);
CREATE INDEX deliveries_due ON deliveries (shop_id, lane, due_at) WHERE state = 'queued';
CREATE INDEX deliveries_soonest ON deliveries (lane, due_at) WHERE state = 'queued';
CREATE INDEX deliveries_sending ON deliveries (shop_id, due_at) WHERE state = 'sending';
CREATE INDEX deliveries_shop ON deliveries (shop_id, created_at, id);
-- What is looked for and rare, which the one before would find only by reading everything. What is most of the rows
-- (notices, and deliveries that were sent) is not in them, so they cost next to nothing.
CREATE INDEX deliveries_outcome ON deliveries (shop_id, state, created_at, id) WHERE state IN ('refused', 'suppressed', 'unknown');
CREATE INDEX deliveries_trigger ON deliveries (shop_id, trigger_name, created_at, id) WHERE trigger_name <> 'UpcomingOrder';
CREATE INDEX deliveries_answered ON deliveries (finished_at) WHERE reply_id <> '' AND finished_at IS NOT NULL;

-- One row per Postscript token: the next moment at which a request may start.
CREATE TABLE pace (
  token_hash TEXT PRIMARY KEY,
  next_slot  BIGINT NOT NULL
);

CREATE TABLE connections (
  shop_id       TEXT PRIMARY KEY,
  builtin       BOOLEAN NOT NULL,        -- our own texting half, or the real Postscript
  private_key   TEXT NOT NULL,           -- sealed
  key_mask      TEXT NOT NULL,
  token_hash    TEXT NOT NULL,           -- of the private key: names the pace row
  ps_shop_id    TEXT NOT NULL DEFAULT '',
  ps_shop_name  TEXT NOT NULL DEFAULT '',
  signing_token TEXT NOT NULL DEFAULT '', -- sealed
  hook_secret   TEXT NOT NULL DEFAULT '', -- sealed; the value of our own header
  triggers      TEXT NOT NULL DEFAULT '{}', -- trigger name to Postscript's trigger id
  webhooks      TEXT NOT NULL DEFAULT '{}', -- event to Postscript's webhook id
  state         TEXT NOT NULL,           -- connected, incomplete
  problem       TEXT NOT NULL DEFAULT '', -- what is missing, in words for the merchant
  confirmed_at  BIGINT NOT NULL,
  last_sent_at  BIGINT,
  last_reply_at BIGINT
);

CREATE TABLE replies (
  id          TEXT PRIMARY KEY,
  shop_id     TEXT NOT NULL,
  message_id  TEXT NOT NULL,             -- Postscript's im_…: the dedupe key
  phone       TEXT NOT NULL,
  customer_id TEXT NOT NULL DEFAULT '',
  body        TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  state       TEXT NOT NULL,             -- new, working, done, person, repeated
  due_at      BIGINT NOT NULL,
  attempts    INTEGER NOT NULL DEFAULT 0,
  meaning     TEXT NOT NULL DEFAULT '',
  why         TEXT NOT NULL DEFAULT '',
  certainty   TEXT NOT NULL DEFAULT '',  -- certain, likely (we asked), or ''
  wording     TEXT NOT NULL DEFAULT '',  -- reply.Wording of the body, cut: what texts are counted by
  meant       TEXT NOT NULL DEFAULT '',  -- what a person said it meant, as a command; meaning stays what was read
  finished_at BIGINT
);
CREATE INDEX replies_shop ON replies (shop_id, received_at);
CREATE UNIQUE INDEX replies_message ON replies (shop_id, message_id);
CREATE INDEX replies_due ON replies (due_at) WHERE state IN ('new', 'working');
-- Each index is paid for by every text that comes in, so of these two it is in one: its customer's, or that of its number.
CREATE INDEX replies_customer ON replies (customer_id, received_at, state) WHERE customer_id <> '';
CREATE INDEX replies_nobody ON replies (phone, received_at) WHERE customer_id = '';
-- What was not understood at once, for Analytics: few, and only they are in it, with all that is counted.
CREATE INDEX replies_hard ON replies (shop_id, received_at, wording, state, certainty, meaning, meant) WHERE state = 'person' OR certainty = 'likely' OR meant <> '';

CREATE TABLE actions (
  id          TEXT PRIMARY KEY,
  shop_id     TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  dedupe_key  TEXT NOT NULL,             -- the reply, the form post or the API call that asked for it
  command     TEXT NOT NULL,             -- skip, unskip, delay, undo, pause, resume, cancel
  actor       TEXT NOT NULL,             -- customer, merchant, system
  order_date  TEXT NOT NULL DEFAULT '',
  new_date    TEXT NOT NULL DEFAULT '',
  before      TEXT NOT NULL DEFAULT '[]', -- []subscription.Subscription before
  after       TEXT NOT NULL DEFAULT '[]',
  moves       TEXT NOT NULL DEFAULT '[]', -- []bridge.Move: which order went where
  state       TEXT NOT NULL,             -- done, refused, undone
  reason      TEXT NOT NULL DEFAULT '',
  created_at  BIGINT NOT NULL
);
CREATE UNIQUE INDEX actions_dedupe ON actions (shop_id, dedupe_key);
CREATE INDEX actions_customer ON actions (customer_id, created_at);

CREATE TABLE trace (
  id          TEXT PRIMARY KEY,
  shop_id     TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  at          BIGINT NOT NULL,
  kind        TEXT NOT NULL,             -- change, notice, delivery, reply, action, consent, account
  text        TEXT NOT NULL,             -- what was decided and why, one or two sentences
  ref         TEXT NOT NULL DEFAULT ''   -- id of the row it speaks of
);
CREATE INDEX trace_customer ON trace (customer_id, at, id);

-- The built-in ledger: who may use its API, and where its webhooks go.

CREATE TABLE api_tokens (
  id         TEXT PRIMARY KEY,
  shop_id    TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  label      TEXT NOT NULL,
  mask       TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX api_tokens_shop ON api_tokens (shop_id, id);

-- Requests that were carried out, by the Idempotency-Key their sender gave them.
CREATE TABLE requests (
  shop_id    TEXT NOT NULL,
  request_key TEXT NOT NULL,
  print      TEXT NOT NULL,              -- hash of what was asked, to notice a key used for two things
  ref        TEXT NOT NULL,              -- id of what it made or changed
  created_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, request_key)
);
CREATE INDEX requests_created ON requests (shop_id, created_at);

CREATE TABLE endpoints (
  id         TEXT PRIMARY KEY,
  shop_id    TEXT NOT NULL,
  url        TEXT NOT NULL,
  secret     TEXT NOT NULL,              -- sealed; Standard Webhooks
  active     BOOLEAN NOT NULL,
  problem    TEXT NOT NULL DEFAULT '',   -- why it was switched off, in words for the merchant
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX endpoints_url ON endpoints (shop_id, url);

CREATE TABLE outgoing (
  id          TEXT PRIMARY KEY,          -- the webhook-id
  shop_id     TEXT NOT NULL,
  endpoint_id TEXT NOT NULL,
  event       TEXT NOT NULL,             -- order.due, order.skipped, order.delayed, subscription.cancelled …
  dedupe_key  TEXT NOT NULL,
  payload     TEXT NOT NULL,
  state       TEXT NOT NULL,             -- queued, sent, failed
  due_at      BIGINT NOT NULL,
  attempts    INTEGER NOT NULL DEFAULT 0,
  http_status INTEGER NOT NULL DEFAULT 0,
  reason      TEXT NOT NULL DEFAULT '',
  created_at  BIGINT NOT NULL,
  finished_at BIGINT
);
CREATE UNIQUE INDEX outgoing_dedupe ON outgoing (endpoint_id, dedupe_key);
CREATE INDEX outgoing_due ON outgoing (due_at) WHERE state = 'queued';
CREATE INDEX outgoing_endpoint_due ON outgoing (endpoint_id, due_at) WHERE state = 'queued';
CREATE INDEX outgoing_log ON outgoing (endpoint_id, id);

-- Texting: keys of the Postscript-compatible API.

CREATE TABLE key_pairs (
  id           TEXT PRIMARY KEY,
  shop_id      TEXT NOT NULL,            -- '' for a partner
  partner      TEXT NOT NULL DEFAULT '', -- a partner's name; its private key begins with sk_partner_
  label        TEXT NOT NULL DEFAULT '',
  public_key   TEXT NOT NULL,
  private_key  TEXT NOT NULL,            -- sealed, so that it can be shown again
  private_hash TEXT NOT NULL UNIQUE,
  created_at   BIGINT NOT NULL,
  revoked_at   BIGINT
);
CREATE INDEX key_pairs_shop ON key_pairs (shop_id);

CREATE TABLE subscribers (
  id            TEXT PRIMARY KEY,        -- s_…
  pending_id    TEXT NOT NULL DEFAULT '', -- sp_…: all the API tells before the person agrees
  ps_id         BIGINT NOT NULL UNIQUE,
  shop_id       TEXT NOT NULL,
  phone         TEXT NOT NULL,           -- E.164; '' once redacted
  email         TEXT NOT NULL DEFAULT '',
  first_name    TEXT NOT NULL DEFAULT '',
  last_name     TEXT NOT NULL DEFAULT '',
  zone          TEXT NOT NULL DEFAULT '',
  state_code    TEXT NOT NULL DEFAULT '',
  shopify_id    BIGINT NOT NULL DEFAULT 0,
  status        TEXT NOT NULL,           -- pending, subscribed, opted_out, redacted
  origin        TEXT NOT NULL DEFAULT '',
  keyword_id    TEXT NOT NULL DEFAULT '',
  tags          TEXT NOT NULL DEFAULT '[]',
  properties    TEXT NOT NULL DEFAULT '{}',
  welcomed      BOOLEAN NOT NULL DEFAULT FALSE, -- has had a text with the opt-out wording
  opted_in_at   BIGINT,
  find_name     BYTEA NOT NULL DEFAULT '', -- as in customers
  find_last     BYTEA NOT NULL DEFAULT '',
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL
);
CREATE UNIQUE INDEX subscribers_phone ON subscribers (shop_id, phone) WHERE phone <> '';
CREATE INDEX subscribers_email ON subscribers (shop_id, email) WHERE email <> '';
CREATE INDEX subscribers_created ON subscribers (shop_id, created_at, id);
-- Those who are subscribed are most of a shop's, and found in the one before.
CREATE INDEX subscribers_status ON subscribers (shop_id, status, created_at, id) WHERE status <> 'subscribed';
CREATE INDEX subscribers_name ON subscribers (shop_id, find_name);
CREATE INDEX subscribers_last ON subscribers (shop_id, find_last);
CREATE INDEX subscribers_updated ON subscribers (shop_id, updated_at);

-- Append-only: no code updates or deletes here.
CREATE TABLE consent (
  id            TEXT PRIMARY KEY,
  shop_id       TEXT NOT NULL,
  subscriber_id TEXT NOT NULL,
  phone         TEXT NOT NULL,
  kind          TEXT NOT NULL,           -- asked, opt_in, opt_out
  source        TEXT NOT NULL,           -- api, keyword, csv, reply, agent
  words         TEXT NOT NULL,           -- what the person said or was shown
  at            BIGINT NOT NULL
);
CREATE INDEX consent_subscriber ON consent (subscriber_id, at);
CREATE INDEX consent_shop ON consent (shop_id, id);
CREATE INDEX consent_phone ON consent (shop_id, phone, at);
CREATE INDEX consent_left ON consent (shop_id, at) WHERE kind = 'opt_out';

CREATE TABLE ps_triggers (
  id                    TEXT PRIMARY KEY,
  shop_id               TEXT NOT NULL,   -- '' for a partner-wide one
  partner               TEXT NOT NULL DEFAULT '',
  name                  TEXT NOT NULL,
  tags                  TEXT NOT NULL,
  transactional_allowed BOOLEAN NOT NULL DEFAULT FALSE,
  created_at            BIGINT NOT NULL,
  updated_at            BIGINT NOT NULL,
  deleted_at            BIGINT
);
CREATE INDEX ps_triggers_shop ON ps_triggers (shop_id);

CREATE TABLE ps_trigger_shops (
  trigger_id TEXT NOT NULL,
  shop_id    TEXT NOT NULL,
  PRIMARY KEY (trigger_id, shop_id)
);

CREATE TABLE event_types (
  shop_id    TEXT NOT NULL,
  sender     TEXT NOT NULL,
  type       TEXT NOT NULL,
  properties TEXT NOT NULL DEFAULT '[]', -- names seen, sorted
  seen_at    BIGINT NOT NULL,
  PRIMARY KEY (shop_id, sender, type)
);

CREATE TABLE automations (
  id             TEXT PRIMARY KEY,
  shop_id        TEXT NOT NULL,
  name           TEXT NOT NULL,
  engine         TEXT NOT NULL,          -- legacy, flow
  trigger_id     TEXT NOT NULL,          -- ps_triggers.id, or the event type for flow
  trigger_name   TEXT NOT NULL DEFAULT '', -- as merchants see it; finds the trigger again when it was registered anew
  cancel_trigger TEXT NOT NULL DEFAULT '',
  cancel_name    TEXT NOT NULL DEFAULT '',
  filters        TEXT NOT NULL DEFAULT '[]',
  once           BOOLEAN NOT NULL DEFAULT FALSE,
  active         BOOLEAN NOT NULL DEFAULT FALSE,
  messages       TEXT NOT NULL,          -- [{copy, wait_minutes}]
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  deleted_at     BIGINT
);
CREATE INDEX automations_shop ON automations (shop_id);

-- One row per fired trigger or custom event, as it was received.
CREATE TABLE events (
  id            TEXT PRIMARY KEY,
  shop_id       TEXT NOT NULL,
  engine        TEXT NOT NULL,           -- legacy, flow
  trigger_id    TEXT NOT NULL,           -- or the event type
  sender        TEXT NOT NULL DEFAULT '',
  subscriber_id TEXT NOT NULL DEFAULT '',
  phone         TEXT NOT NULL DEFAULT '', -- v2 matching comes after the 202
  email         TEXT NOT NULL DEFAULT '',
  external_id   TEXT NOT NULL,
  properties    TEXT NOT NULL,
  state         TEXT NOT NULL,           -- new, done
  due_at        BIGINT NOT NULL,
  outcome       TEXT NOT NULL DEFAULT '',
  occurred_at   BIGINT NOT NULL,
  received_at   BIGINT NOT NULL
);
CREATE UNIQUE INDEX events_external ON events (shop_id, external_id);
CREATE INDEX events_due ON events (due_at) WHERE state = 'new';
CREATE INDEX events_claim ON events (shop_id, due_at, id) WHERE state = 'new';
CREATE INDEX events_shop ON events (shop_id, received_at);
CREATE INDEX events_subscriber ON events (subscriber_id, received_at) WHERE subscriber_id <> '';

-- One row per outbound or inbound text; an automation's waiting text is a row with due_at.
CREATE TABLE messages (
  id            TEXT PRIMARY KEY,
  shop_id       TEXT NOT NULL,
  subscriber_id TEXT NOT NULL DEFAULT '',
  phone         TEXT NOT NULL,
  direction     TEXT NOT NULL,           -- out, in
  kind          TEXT NOT NULL,           -- automation, api, keyword, opt_in, opt_out, help, person, test; in: reply, opt_out, opt_in, help, keyword
  automation_id TEXT NOT NULL DEFAULT '',
  event_id      TEXT NOT NULL DEFAULT '',
  step          INTEGER NOT NULL DEFAULT 0,
  trigger_name  TEXT NOT NULL DEFAULT '', -- as merchants see it
  body          TEXT NOT NULL DEFAULT '', -- rendered when it is sent
  segments      INTEGER NOT NULL DEFAULT 0,
  category      TEXT NOT NULL DEFAULT '',
  reply_to      TEXT NOT NULL DEFAULT '', -- the inbound message this answers: may go out at once
  lane          INTEGER NOT NULL DEFAULT 1, -- 0 answers a person and overtakes, 1 everything else
  state         TEXT NOT NULL,           -- out: waiting, sending, sent, delivered, failed, suppressed, unknown; in: received
  held          BOOLEAN NOT NULL DEFAULT FALSE, -- has had to wait for waking hours
  hold          TEXT NOT NULL DEFAULT '', -- why it waits now: hours, off, or '' for its own wait
  planned_at    BIGINT NOT NULL DEFAULT 0, -- when its own wait ends
  due_at        BIGINT NOT NULL,         -- waiting: when to look at it; sending: when its sender is taken for dead
  attempts      INTEGER NOT NULL DEFAULT 0,
  reason        TEXT NOT NULL DEFAULT '',
  once_key      TEXT NOT NULL DEFAULT '', -- of an automation that runs once per subscriber
  gateway_id    TEXT NOT NULL DEFAULT '',
  read_at       BIGINT,                  -- in: a person has seen it in Responses
  needs_person  BOOLEAN NOT NULL DEFAULT FALSE,
  note          TEXT NOT NULL DEFAULT '', -- in: what it was taken for
  created_at    BIGINT NOT NULL,
  sent_at       BIGINT
);
CREATE UNIQUE INDEX messages_run ON messages (event_id, automation_id, step) WHERE event_id <> '';
CREATE UNIQUE INDEX messages_once ON messages (once_key) WHERE once_key <> '';
CREATE INDEX messages_due ON messages (due_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX messages_claim ON messages (shop_id, lane, due_at, planned_at, step, id) WHERE state IN ('waiting', 'sending');
CREATE INDEX messages_sent ON messages (shop_id, sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX messages_sent_to ON messages (phone, sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX messages_from ON messages (phone, created_at, id) WHERE direction = 'in';
CREATE INDEX messages_inbox ON messages (shop_id, created_at, id) WHERE direction = 'in';
CREATE INDEX messages_unread ON messages (shop_id, direction, created_at, id) WHERE direction = 'in' AND read_at IS NULL;
CREATE INDEX messages_person ON messages (shop_id, needs_person, created_at, id) WHERE needs_person = TRUE;
CREATE INDEX messages_subscriber ON messages (subscriber_id, created_at);
CREATE INDEX messages_phone ON messages (shop_id, phone, created_at);
CREATE INDEX messages_shop ON messages (shop_id, created_at);
-- With what is counted of those that wait, which lie far apart in the table.
CREATE INDEX messages_waiting ON messages (shop_id, due_at, lane, hold) WHERE state IN ('waiting', 'sending');
-- A gateway that delivers an inbound text again changes nothing.
CREATE UNIQUE INDEX messages_inbound ON messages (shop_id, gateway_id) WHERE direction = 'in' AND gateway_id <> '';
CREATE INDEX messages_automation ON messages (automation_id, subscriber_id) WHERE automation_id <> '';

-- What analytics counted of days that are over. It can be deleted: it is counted again.
CREATE TABLE kept_days (
  shop_id TEXT NOT NULL,
  what    TEXT NOT NULL,                 -- messages: []texting.Slice; readings: bridge.Readings
  begins  BIGINT NOT NULL,
  ends    BIGINT NOT NULL,               -- with begins: another zone has other days
  numbers TEXT NOT NULL,
  PRIMARY KEY (shop_id, what, begins, ends)
);

CREATE TABLE keywords (
  id         TEXT PRIMARY KEY,           -- kw_…
  shop_id    TEXT NOT NULL,
  word       TEXT NOT NULL,              -- upper case
  reply      TEXT NOT NULL,
  active     BOOLEAN NOT NULL,
  triggered  BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX keywords_word ON keywords (shop_id, word);

CREATE TABLE webhooks (
  id           TEXT PRIMARY KEY,         -- UUID
  shop_id      TEXT NOT NULL,
  event        TEXT NOT NULL,
  callback_url TEXT NOT NULL,
  headers      TEXT NOT NULL,            -- sealed JSON
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL
);
CREATE INDEX webhooks_shop ON webhooks (shop_id, event);

CREATE TABLE webhook_tokens (
  shop_id TEXT PRIMARY KEY,
  token   TEXT NOT NULL                  -- sealed; the static Postscript-Signature
);

CREATE TABLE webhook_deliveries (
  id          TEXT PRIMARY KEY,
  shop_id     TEXT NOT NULL,
  webhook_id  TEXT NOT NULL,
  event       TEXT NOT NULL,
  subject     TEXT NOT NULL,             -- whom it is about: what is about one person goes out in order
  payload     TEXT NOT NULL,
  fault       TEXT NOT NULL DEFAULT '',  -- ordered by a reserved number: duplicate, late, forged
  state       TEXT NOT NULL,             -- queued, sent, lost
  due_at      BIGINT NOT NULL,
  attempts    INTEGER NOT NULL DEFAULT 0,
  http_status INTEGER NOT NULL DEFAULT 0,
  created_at  BIGINT NOT NULL,
  finished_at BIGINT
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (due_at) WHERE state = 'queued';
CREATE INDEX webhook_deliveries_queued ON webhook_deliveries (shop_id, due_at) WHERE state = 'queued';
CREATE INDEX webhook_deliveries_subject ON webhook_deliveries (shop_id, subject);
CREATE INDEX webhook_deliveries_shop ON webhook_deliveries (shop_id, created_at);

-- What the sandbox gateway carried: the truth of the handset, repeats included.
CREATE TABLE handset (
  id        TEXT PRIMARY KEY,
  shop_id   TEXT NOT NULL,
  phone     TEXT NOT NULL,
  direction TEXT NOT NULL,               -- to_phone, from_phone
  body      TEXT NOT NULL,
  client_id TEXT NOT NULL,               -- the sender's id for it; a repeated one is dropped
  at        BIGINT NOT NULL
);
CREATE UNIQUE INDEX handset_client ON handset (shop_id, direction, client_id);
CREATE INDEX handset_phone ON handset (shop_id, phone, at);

-- The movable clock of the demo and of the stand-alone Postscript server.
CREATE TABLE clock (
  id        INTEGER PRIMARY KEY,
  offset_us BIGINT NOT NULL
);
