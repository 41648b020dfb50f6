package texting

import (
	"context"
	"fmt"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
	"rejoinder/internal/message"
	"rejoinder/internal/postscript"
	"rejoinder/internal/reply"
)

// Keyword is a word that people text to the shop to subscribe, and the answer they get.
type Keyword struct {
	ID        string // kw_…
	ShopID    string
	Word      string // upper case letters and digits
	Reply     string // copy; may use {shop_name} and {shop_link}
	Active    bool
	Triggered int // how often it was used
	CreatedAt time.Time
	UpdatedAt time.Time
}

type keywordTx interface {
	// Keywords returns a shop's keywords by word; only active ones when activeOnly is set.
	Keywords(shopID string, activeOnly bool, limit int) ([]Keyword, error)
	// Keyword returns one keyword, active or not; fault.NotFound if there is none.
	Keyword(shopID, id string) (Keyword, error)
	// KeywordByWord returns the active keyword of a word in upper case; fault.NotFound if there is none.
	KeywordByWord(shopID, word string) (Keyword, error)
	// SaveKeyword adds or replaces; a word the shop has already is fault.Conflict.
	SaveKeyword(Keyword) error
	CountKeyword(shopID, id string) error
}

const maxKeywords = 500

// KeywordTags are the tags a keyword's reply can use.
func KeywordTags() []message.Tag {
	return []message.Tag{
		{Name: "shop_name", Label: "Shop Name", Sample: "Your shop"},
		{Name: "shop_link", Label: "Shop Link", Sample: "https://example.com"},
	}
}

// SaveKeyword adds a keyword (ID "") or changes one. warning is not "" when the word is one a subscription
// program reads as a command: people who text it will then get this reply, and the program never sees it.
func (t *Texting) SaveKeyword(ctx context.Context, k Keyword) (saved Keyword, warning string, err error) {
	defer fault.Wrap(&err, "texting: save a keyword of %s", k.ShopID)
	k.Word = strings.ToUpper(strings.TrimSpace(k.Word))
	if err := checkWord(k.Word); err != nil {
		return k, "", err
	}
	k.Reply = strings.TrimSpace(k.Reply)
	if err := message.Check(k.Reply, KeywordTags()); err != nil {
		return k, "", fault.Field("reply", "%s", fault.Message(err))
	}
	if reply.Read(k.Word, reply.Situation{}).Meaning.IsCommand() {
		warning = fmt.Sprintf("People answer order texts with %s. With this keyword active they get this reply, and their order stays as it is.", k.Word)
	}
	err = t.o.Store.InTx(ctx, func(tx Tx) error {
		k.UpdatedAt = tx.Now()
		if k.ID == "" {
			have, err := tx.Keywords(k.ShopID, false, maxKeywords)
			if err != nil {
				return err
			}
			if len(have) >= maxKeywords {
				return fault.Field("word", "A shop has at most %d keywords.", maxKeywords)
			}
			k.ID = ident.New(strings.TrimSuffix(postscript.PrefixKeyword, "_"), tx.Now())
			k.CreatedAt = tx.Now()
		} else {
			old, err := tx.Keyword(k.ShopID, k.ID)
			if err != nil {
				return err
			}
			k.CreatedAt, k.Triggered = old.CreatedAt, old.Triggered
		}
		return tx.SaveKeyword(k)
	})
	if fault.Is(err, fault.Conflict) {
		err = fault.Field("word", "This shop has the keyword %s already.", k.Word)
	}
	return k, warning, err
}

// checkWord refuses what can be no keyword: words the carriers or the double opt-in act on.
func checkWord(word string) error {
	if word == "" || len(word) > 30 {
		return fault.Field("word", "A keyword has 1 to 30 letters and digits.")
	}
	for _, r := range word {
		if (r < 'A' || r > 'Z') && (r < '0' || r > '9') {
			return fault.Field("word", "A keyword has letters and digits only, no spaces or marks.")
		}
	}
	switch {
	case reply.IsOptOut(word):
		return fault.Field("word", "%s ends texts, by law and by the carriers' rules; it can be no keyword.", word)
	case reply.IsOptIn(word), reply.IsHelp(word), reply.IsYes(word):
		return fault.Field("word", "%s has a fixed meaning in every shop; it can be no keyword.", word)
	}
	return nil
}

// Keywords lists a shop's keywords by word, with activeOnly as the API shows them.
func (t *Texting) Keywords(ctx context.Context, shopID string, activeOnly bool) (list []Keyword, err error) {
	defer fault.Wrap(&err, "texting: keywords of %s", shopID)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		list, err = tx.Keywords(shopID, activeOnly, maxKeywords)
		return err
	})
	return list, err
}

// Keyword returns one keyword of a shop, active or not.
func (t *Texting) Keyword(ctx context.Context, shopID, id string) (k Keyword, err error) {
	defer fault.Wrap(&err, "texting: keyword %s", id)
	err = t.o.Store.Read(ctx, func(tx Tx) error {
		k, err = tx.Keyword(shopID, id)
		return err
	})
	return k, err
}

// findKeyword returns the active keyword a call names, by id or by word.
func findKeyword(tx Tx, shopID, id, word string) (Keyword, error) {
	if id == "" {
		return tx.KeywordByWord(shopID, strings.ToUpper(strings.TrimSpace(word)))
	}
	if !strings.HasPrefix(id, postscript.PrefixKeyword) {
		id = postscript.PrefixKeyword + id
	}
	k, err := tx.Keyword(shopID, id)
	if err == nil && !k.Active {
		return k, fault.New(fault.NotFound, postscript.WordsKeywordNotFound)
	}
	return k, err
}

// keywordIn returns the keyword a text is, if it is one: the word alone, in any case, with marks and spaces
// around it ignored. A word inside a sentence is no keyword.
func keywordIn(tx Tx, shopID, body string) (Keyword, bool, error) {
	word := strings.ToUpper(strings.Trim(strings.TrimSpace(body), " \t\r\n.,;:!?\"'“”‘’()"))
	if word == "" || len(word) > 30 {
		return Keyword{}, false, nil
	}
	k, err := tx.KeywordByWord(shopID, word)
	if fault.Is(err, fault.NotFound) {
		return k, false, nil
	}
	return k, err == nil, err
}

// replyOf is a keyword's answer as the person gets it.
func (k Keyword) replyOf(shop Shop) (string, error) {
	copy, err := message.Parse(k.Reply)
	if err != nil {
		return "", err
	}
	return copy.Render(map[string]string{"shop_name": shop.Name, "shop_link": shop.Link}, []message.Tag{
		{Name: "shop_name", Fallback: "our shop"}, {Name: "shop_link", Fallback: "our site"},
	})
}
