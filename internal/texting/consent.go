package texting

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/mail"
	"strconv"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/postscript"
	"rejoinder/internal/subscription"
)

// Consent is one line of the consent ledger: that somebody was asked, agreed, or ended texts, in which words.
// Lines are added and never changed.
type Consent struct {
	ID           string // con_…
	ShopID       string
	SubscriberID string
	Phone        string
	Kind         string // asked, opt_in, opt_out
	Source       string // api, keyword, csv, reply, agent
	Words        string // what the person said, or was shown
	At           time.Time
}

// Kinds of consent.
const (
	ConsentAsked  = "asked"
	ConsentOptIn  = "opt_in"
	ConsentOptOut = "opt_out"
)

const maxWords = 1000 // of a consent line, in bytes

func addConsent(tx Tx, s Subscriber, kind, source, words string, at time.Time) error {
	if len(words) > maxWords {
		words = strings.ToValidUTF8(words[:maxWords], "")
	}
	return tx.AddConsent(Consent{
		ID: ident.New("con", tx.Now()), ShopID: s.ShopID, SubscriberID: s.ID, Phone: s.Phone, Kind: kind, Source: source, Words: words, At: at,
	})
}

// optOut ends texts to s from this transaction on, once: the status, the ledger and the webhook. s is saved.
// Somebody who is out already and was asked again says no with it: the question is closed, and a later Y is none.
func (t *Texting) optOut(tx Tx, s *Subscriber, source, words string) error {
	switch {
	case s.Status == Redacted, s.Status == OptedOut && s.PendingID == "":
		return nil
	case s.Status == OptedOut:
		s.UpdatedAt, s.PendingID = tx.Now(), ""
		if err := addConsent(tx, *s, ConsentOptOut, source, words, tx.Now()); err != nil {
			return err
		}
		return tx.SaveSubscriber(*s)
	}
	s.Status, s.UpdatedAt, s.PendingID = OptedOut, tx.Now(), ""
	if err := addConsent(tx, *s, ConsentOptOut, source, words, tx.Now()); err != nil {
		return err
	}
	if err := tx.SaveSubscriber(*s); err != nil {
		return err
	}
	if err := tx.EndWaiting(s.ShopID, s.ID, "They opted out of texts."); err != nil {
		return err
	}
	return t.emit(tx, *s, postscript.EventOptOut)
}

// optIn lets s be texted from this transaction on, once: the status, the ledger and the webhook. s is saved; at
// is when the person agreed. PendingID stays, so that who added the person can tell who it was.
func (t *Texting) optIn(tx Tx, s *Subscriber, source, words string, at time.Time) error {
	if s.Status == Subscribed {
		return nil
	}
	s.Status, s.UpdatedAt, s.OptedInAt = Subscribed, tx.Now(), at
	if err := addConsent(tx, *s, ConsentOptIn, source, words, at); err != nil {
		return err
	}
	if err := tx.SaveSubscriber(*s); err != nil {
		return err
	}
	return t.emit(tx, *s, postscript.EventOptIn)
}

// NewSubscriber is somebody added over the API, who will be asked.
type NewSubscriber struct {
	Phone     string // as people write it; without country code it is a number of the United States
	Keyword   string
	KeywordID string
	Origin    string
	SubscriberPatch
}

// AddSubscriber asks a person by text whether they want texts (double opt-in): the answer is pending until they
// answer Y. Somebody who agreed already stays as they are, with what is new about them added. Somebody who
// opted out gets no text and so no question: only their own START or keyword brings them back. A repeat within
// a day asks only once.
func (t *Texting) AddSubscriber(ctx context.Context, shopID string, in NewSubscriber) (s Subscriber, err error) {
	defer fault.Wrap(&err, "texting: add a subscriber")
	phone, err := subscription.ParsePhone(in.Phone, "US")
	if err != nil {
		return s, err
	}
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		shop, err := tx.TextingShop(shopID)
		if err != nil {
			return err
		}
		var kw Keyword
		if in.Keyword != "" || in.KeywordID != "" {
			if kw, err = findKeyword(tx, shopID, in.KeywordID, in.Keyword); err != nil {
				return err
			}
		}
		if err := tx.LockPhone(shopID, string(phone)); err != nil {
			return err
		}
		s, err = tx.SubscriberByPhone(shopID, string(phone))
		isNew := fault.Is(err, fault.NotFound)
		if err != nil && !isNew {
			return err
		}
		if isNew {
			s = newSubscriber(tx, shopID, string(phone), Pending)
		}
		if err := in.apply(&s); err != nil {
			return err
		}
		if s.Origin == "" {
			s.Origin = in.Origin
		}
		if kw.ID != "" {
			s.KeywordID = kw.ID
		}
		return t.askOrKeep(tx, shop, s, isNew, &s)
	})
	return s, err
}

// askOrKeep saves s and, unless the person agreed already, opted out or was asked today, sends the question.
func (t *Texting) askOrKeep(tx Tx, shop Shop, s Subscriber, isNew bool, out *Subscriber) error {
	asked := s.Status == Pending && !isNew && tx.Now().Sub(s.UpdatedAt) < 24*time.Hour
	if s.Status == Pending && s.PendingID == "" {
		s.PendingID = ident.New("sp", tx.Now())
	}
	s.UpdatedAt = tx.Now()
	*out = s
	if s.Status == OptedOut {
		out.PendingID = ident.New("sp", tx.Now()) // stands for nothing: the caller is not told who opted out
	}
	save := tx.SaveSubscriber
	if isNew {
		save = tx.AddSubscriber
	}
	if err := save(s); err != nil {
		return err
	}
	if s.Status != Pending || asked {
		return nil
	}
	return t.ask(tx, shop, s, "api", "")
}

// ask sends the question of the double opt-in. Somebody who opted out stays so until they answer.
func (t *Texting) ask(tx Tx, shop Shop, s Subscriber, source, replyTo string) error {
	words := askWords(shop)
	if err := addConsent(tx, s, ConsentAsked, source, words, tx.Now()); err != nil {
		return err
	}
	return t.queueMessage(tx, Message{ShopID: s.ShopID, SubscriberID: s.ID, Phone: s.Phone, Kind: KindOptIn, Body: words, ReplyTo: replyTo})
}

// ConsentOf returns what the ledger holds of one person, oldest first.
func (t *Texting) ConsentOf(ctx context.Context, shopID, subscriberID string) (list []Consent, err error) {
	defer fault.Wrap(&err, "texting: consent of %s", subscriberID)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		s, err := tx.Subscriber(shopID, subscriberID)
		if err != nil {
			return err
		}
		list, err = tx.ConsentOf(shopID, s.ID, s.Phone, 1000)
		return err
	})
	return list, err
}

// ExportConsent writes the shop's whole ledger as CSV, oldest first, times in UTC.
func (t *Texting) ExportConsent(ctx context.Context, shopID string, to io.Writer) (err error) {
	defer fault.Wrap(&err, "texting: export the consent of %s", shopID)
	w := csv.NewWriter(to)
	if err := w.Write([]string{"id", "at", "kind", "source", "phone", "subscriber_id", "words"}); err != nil {
		return err
	}
	for after := ""; ; {
		var page []Consent
		err := t.o.Store.Read(ctx, func(tx Tx) (err error) {
			page, err = tx.ConsentAfter(shopID, after, 1000)
			return err
		})
		if err != nil {
			return err
		}
		for _, c := range page {
			row := []string{c.ID, c.At.UTC().Format(time.RFC3339Nano), c.Kind, c.Source, c.Phone, c.SubscriberID, sheetSafe(c.Words)}
			if err := w.Write(row); err != nil {
				return err
			}
			after = c.ID
		}
		if len(page) == 0 {
			w.Flush()
			return w.Error()
		}
	}
}

// sheetSafe keeps a shopper's text from being run as a formula when the file is opened in a spreadsheet.
func sheetSafe(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func askWords(shop Shop) string {
	return fmt.Sprintf("%s: Reply Y to get recurring automated promotional and order texts (e.g. cart reminders) from us at this number. "+
		"Consent is not a condition of purchase. Msg frequency varies. Msg & data rates may apply. Reply HELP for help, STOP to cancel.", shop.Name)
}

func checkEmail(s string) error {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > 254 {
		return fault.Field("email", "That is not an e-mail address.")
	}
	return nil
}

func isZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "" && name != "Local"
}

func wholeNumber(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n > 0
}
