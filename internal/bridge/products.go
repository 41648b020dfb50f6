package bridge

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"rejoinder/internal/fault"
	"rejoinder/internal/reply"
	"rejoinder/internal/subscription"
)

// Sold is a product that the shop's customers have.
type Sold struct {
	ID, Name string
	Price    subscription.Money
}

// mostSold is how many different contents of subscriptions are looked through.
const mostSold = 500

// Sold lists the products of a shop's live subscriptions, each once, those of most subscriptions first.
func (b *Bridge) Sold(ctx context.Context, shopID string) (list []Sold, err error) {
	defer fault.Wrap(&err, "bridge: products of %s", shopID)
	var contents [][]subscription.Item
	err = b.o.Store.Read(ctx, func(tx Tx) (err error) { contents, err = tx.Contents(shopID, mostSold); return err })
	seen := map[string]bool{}
	for _, items := range contents {
		for _, i := range items {
			if key := productKey(i); key != "" && !seen[key] {
				seen[key] = true
				list = append(list, Sold{ID: key, Name: or(i.Name, key), Price: i.Price})
			}
		}
	}
	return list, err
}

// Bounds of a shop's products.
const (
	mostProducts     = 200
	mostNicknames    = 20
	longestName      = 80
	longestProductID = 120
)

// CheckProducts returns a shop's products as they are kept: without spaces around and without blank nicknames. The error
// is Invalid with id, name, nicknames, price or swap_to as its field; its sentence names the product.
func CheckProducts(list []Product) ([]Product, error) {
	if len(list) > mostProducts {
		return nil, fault.Field("id", "A shop can have %d products at most here.", mostProducts)
	}
	out := make([]Product, 0, len(list))
	ids, called := map[string]bool{}, map[string]string{}
	for _, p := range list {
		p.ID, p.Name = strings.TrimSpace(storable(p.ID)), strings.TrimSpace(storable(p.Name))
		if err := p.checkNamed(ids); err != nil {
			return nil, err
		}
		ids[p.ID] = true
		var err error
		if p.Nicknames, err = p.nicknames(called); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	for i, p := range out {
		for _, id := range p.SwapTo {
			switch {
			case id == p.ID:
				return nil, fault.Field("swap_to", "%s cannot be swapped to itself.", p.Name)
			case !ids[id]:
				return nil, fault.Field("swap_to", "%s is to be swapped to %q, which is no product here.", p.Name, id)
			}
		}
		if out[i].SwapTo = unique(p.SwapTo); len(out[i].SwapTo) > mostOptions {
			return nil, fault.Field("swap_to", "%s can be swapped to %d others at most: a text cannot list more.", p.Name, mostOptions)
		}
	}
	return out, nil
}

func (p Product) checkNamed(ids map[string]bool) error {
	switch {
	case p.ID == "":
		return fault.Field("id", "Say which product this is, as your subscriptions name it.")
	case len(p.ID) > longestProductID:
		return fault.Field("id", "An id has at most %d characters.", longestProductID)
	case ids[p.ID]:
		return fault.Field("id", "%q is in the list already.", p.ID)
	case p.Name == "":
		return fault.Field("name", "Give the product the name that customers know.")
	case len([]rune(p.Name)) > longestName:
		return fault.Field("name", "A name has at most %d characters.", longestName)
	case p.Price.Amount < 0:
		return fault.Field("price", "The price of %s cannot be less than nothing.", p.Name)
	}
	return nil
}

// nicknames returns what the product is called besides its name. Called holds what each wording calls so far, and learns
// this product's: a nickname for two could not be told apart, and one that says something itself is never read as a name.
func (p Product) nicknames(called map[string]string) (list []string, err error) {
	called[reply.Wording(p.Name)] = p.Name
	if len(p.Nicknames) > mostNicknames {
		return nil, fault.Field("nicknames", "%s can have %d nicknames at most.", p.Name, mostNicknames)
	}
	for _, raw := range p.Nicknames {
		raw = strings.TrimSpace(storable(raw))
		w := reply.Wording(raw)
		other, taken := called[w]
		switch u := reply.Read(raw, reply.Situation{}); {
		case w == "" || taken && other == p.Name:
			continue
		case taken:
			return nil, fault.Field("nicknames", "“%s” is what %s is called already.", raw, other)
		case len([]rune(raw)) > longestName:
			return nil, fault.Field("nicknames", "A nickname has at most %d characters.", longestName)
		case !strings.ContainsFunc(w, unicode.IsLetter):
			return nil, fault.Field("nicknames", "“%s” has no letters; customers choose by number.", raw)
		case u.Meaning == reply.OptOut, u.Meaning == reply.OptIn, u.Meaning == reply.Help:
			return nil, fault.Field("nicknames", "“%s” cannot be a nickname: the law and the carriers have given it a meaning.", raw)
		case u.Certainty == reply.Certain && u.Meaning.IsCommand(), u.Meaning == reply.Yes, u.Meaning == reply.No:
			return nil, fault.Field("nicknames", "“%s” cannot be a nickname: it is understood as %s.", raw, u.Meaning.Title())
		}
		called[w] = p.Name
		list = append(list, raw)
	}
	return list, nil
}

// unique returns a list with each once, in its order.
func unique(list []string) (out []string) {
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
