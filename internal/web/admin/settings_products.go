package admin

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/subscription"
	"rejoinder/internal/web"
)

type catalogue interface {
	Sold(ctx context.Context, shopID string) ([]bridge.Sold, error)
}

// productsBody is the body of products.html.
type productsBody struct {
	Visit    Visit
	Rows     []productRow
	New      productRow
	Found    []foundProduct // in subscriptions, and not listed yet
	Wrong    string         // id of the product that problems are about; "" for the new one
	Problems web.Problems
}

// productRow is one product as its form holds it.
type productRow struct {
	Index     int
	ID        string
	Name      string
	Nicknames string // with commas
	Price     string // "" for the price of what it replaces
	Swaps     []swapChoice
	Summary   string
	Open      bool
	Problems  web.Problems
}

// Ident is the id of one of the row's fields.
func (p productRow) Ident(field string) string { return fmt.Sprintf("%s-%d", field, p.Index) }

// swapChoice is a product another may be swapped to.
type swapChoice struct {
	ID, Name string
	Chosen   bool
}

type foundProduct struct {
	ID, Name, Price string
}

func (a *Admin) productsPage(w http.ResponseWriter, r *http.Request, v Visit) error {
	return a.showProducts(w, r, v, productRow{}, nil, nil)
}

// showProducts shows the list; typed is the product a form with problems was about, and swaps what was chosen there.
func (a *Admin) showProducts(w http.ResponseWriter, r *http.Request, v Visit, typed productRow, swaps []string, problems web.Problems) error {
	list := v.Shop.Settings.Products
	body := productsBody{Visit: v, Problems: problems}
	for i, p := range list {
		row := rowOf(p, list)
		if row.Index = i + 1; problems != nil && field(r, "do") == "save" && p.ID == typed.ID {
			row.Name, row.Nicknames, row.Price, row.Open, row.Problems = typed.Name, typed.Nicknames, typed.Price, true, problems
			row.Swaps, body.Wrong = choicesFor(p.ID, swaps, list), p.ID
		}
		body.Rows = append(body.Rows, row)
	}
	if body.New = (productRow{Swaps: choicesFor("", nil, list)}); problems != nil && body.Wrong == "" {
		body.New = typed
		body.New.Swaps, body.New.Problems = choicesFor("", swaps, list), problems
	}
	sold, err := a.o.Bridge.Sold(r.Context(), v.Shop.ID)
	if err != nil {
		return err
	}
	for _, s := range sold {
		if !slices.ContainsFunc(list, func(p bridge.Product) bool { return p.ID == s.ID }) && len(body.Found) < 50 {
			body.Found = append(body.Found, foundProduct{ID: s.ID, Name: s.Name, Price: amountOf(s.Price)})
		}
	}
	p := v.Page("products", "Products", body)
	p.Lead = "What customers call your products, and what they may swap them to by text."
	return a.render(w, r, "products.html", p, problems)
}

func rowOf(p bridge.Product, list []bridge.Product) productRow {
	row := productRow{ID: p.ID, Name: p.Name, Nicknames: strings.Join(p.Nicknames, ", "), Price: amountOf(p.Price), Swaps: choicesFor(p.ID, p.SwapTo, list)}
	var parts []string
	if !p.Price.IsZero() {
		parts = append(parts, p.Price.String())
	}
	if row.Nicknames != "" {
		parts = append(parts, "also called "+row.Nicknames)
	}
	var to []string
	for _, s := range row.Swaps {
		if s.Chosen {
			to = append(to, s.Name)
		}
	}
	if len(to) > 0 {
		parts = append(parts, "swaps to "+strings.Join(to, ", "))
	}
	row.Summary = strings.Join(parts, " · ")
	return row
}

func choicesFor(id string, chosen []string, list []bridge.Product) (choices []swapChoice) {
	for _, p := range list {
		if p.ID != id {
			choices = append(choices, swapChoice{ID: p.ID, Name: p.Name, Chosen: slices.Contains(chosen, p.ID)})
		}
	}
	return choices
}

// amountOf writes an amount as its field takes it: 14.50; no amount as nothing.
func amountOf(m subscription.Money) string {
	if m.IsZero() {
		return ""
	}
	return m.Decimal()
}

// products adds, changes or removes a product.
func (a *Admin) products(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	typed := productRow{ID: field(r, "id"), Name: field(r, "name"), Nicknames: field(r, "nicknames"), Price: field(r, "price")}
	swaps := r.PostForm["swap_to"]
	sentence := ""
	err := a.o.Bridge.ChangeShop(r.Context(), v.Shop.ID, func(s *bridge.Shop) (err error) {
		s.Settings.Products, sentence, err = typed.change(s.Settings, swaps, field(r, "do"))
		return err
	})
	if problems := web.ProblemsOf(err); problems != nil {
		return a.showProducts(w, r, v, typed, swaps, problems)
	}
	if err != nil {
		return err
	}
	return v.done(w, r, sentence, v.Path("settings", "products"))
}

// change returns the shop's list with the product added, saved or removed, and a sentence that says so.
func (p productRow) change(st bridge.Settings, swaps []string, do string) (list []bridge.Product, sentence string, err error) {
	list = slices.Clone(st.Products)
	at := slices.IndexFunc(list, func(o bridge.Product) bool { return o.ID == p.ID })
	switch {
	case do == "add":
		added, wrong := p.product(st, swaps)
		list, err, sentence = append(list, added), wrong, p.Name+" is added."
	case do != "save" && do != "remove":
		err = fault.New(fault.Invalid, "The form could not be read. Go back and send it again.")
	case at < 0:
		err = fault.New(fault.NotFound, "This product is not in the list any more.")
	case do == "save":
		list[at], err = p.product(st, swaps)
		sentence = p.Name + " is saved."
	default:
		sentence = list[at].Name + " is removed from the list."
		list = without(list, p.ID)
	}
	if err != nil {
		return nil, "", err
	}
	list, err = bridge.CheckProducts(list)
	return list, sentence, err
}

// product reads the form.
func (p productRow) product(st bridge.Settings, swaps []string) (out bridge.Product, err error) {
	out = bridge.Product{ID: p.ID, Name: p.Name, SwapTo: swaps}
	out.Nicknames = strings.FieldsFunc(p.Nicknames, func(c rune) bool { return c == ',' || c == '\n' || c == ';' })
	if p.Price == "" {
		return out, nil
	}
	if out.Price, err = subscription.ParseMoney(strings.TrimLeft(p.Price, "$€£¥ "), cmp.Or(st.Currency, "USD")); err != nil {
		return out, fault.Field("price", "%s", fault.Message(err))
	}
	return out, nil
}

// without is the list without a product, which nothing can be swapped to from then on.
func without(list []bridge.Product, id string) (out []bridge.Product) {
	for _, p := range list {
		if p.ID == id {
			continue
		}
		p.SwapTo = slices.DeleteFunc(slices.Clone(p.SwapTo), func(to string) bool { return to == id })
		out = append(out, p)
	}
	return out
}
