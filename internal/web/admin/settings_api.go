package admin

import (
	"context"
	"net/http"

	"rejoinder/internal/texting"
	"rejoinder/internal/web"
)

type keyPairs interface {
	CreateKeyPair(ctx context.Context, shopID, label string) (texting.KeyPair, string, error)
	KeyPairs(ctx context.Context, shopID string) ([]texting.KeyPair, error)
	ShowKey(ctx context.Context, shopID, id string) (string, error)
	LabelKey(ctx context.Context, shopID, id, label string) error
	RevokeKey(ctx context.Context, shopID, id string) error
}

// keysBody is the body of keys.html.
type keysBody struct {
	Visit    Visit
	Rows     []keyRow
	Label    string
	Problems web.Problems
	Fresh    bool // the first row was made just now
}

type keyRow struct {
	texting.KeyPair
	Shown  *web.Secret // the private key, when it was asked for
	Public web.Secret
	Action string
}

// Revoked reports whether the key opens nothing any more.
func (k keyRow) Revoked() bool { return !k.RevokedAt.IsZero() }

func (a *Admin) keysPage(w http.ResponseWriter, r *http.Request, v Visit) error {
	return a.showKeys(w, r, v, keysBody{}, "")
}

func (a *Admin) showKeys(w http.ResponseWriter, r *http.Request, v Visit, body keysBody, shown string) error {
	body.Visit = v
	pairs, err := a.o.Texting.KeyPairs(r.Context(), v.Shop.ID)
	if err != nil {
		return err
	}
	for _, k := range pairs {
		row := keyRow{KeyPair: k, Action: v.Path("settings", "api", k.ID)}
		row.Public = web.Secret{ID: "public-" + k.ID, Label: "Public key", Value: k.PublicKey}
		if k.ID == shown {
			private, err := a.o.Texting.ShowKey(r.Context(), v.Shop.ID, k.ID)
			if err != nil {
				return err
			}
			row.Shown = &web.Secret{ID: "private-" + k.ID, Label: "Private key", Value: private}
		}
		body.Rows = append(body.Rows, row)
	}
	p := v.Page("api", "API", body)
	p.Lead = "Security key pairs for programs that speak Postscript’s API: the bridge here, or your own."
	if p.Next, err = a.NextStep(r, v); err != nil {
		return err
	}
	return a.render(w, r, "keys.html", p, body.Problems)
}

func (a *Admin) createKey(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	body := keysBody{Label: field(r, "label")}
	k, _, err := a.o.Texting.CreateKeyPair(r.Context(), v.Shop.ID, body.Label)
	if body.Problems = web.ProblemsOf(err); body.Problems != nil {
		return a.showKeys(w, r, v, body, "")
	}
	if err != nil {
		return err
	}
	return v.done(w, r, "The key pair is made. Show its private key to copy it.", v.Path("settings", "api")+"#"+k.ID)
}

// showKey answers a POST with the page itself: the key is in no address, and going back shows it no more.
func (a *Admin) showKey(w http.ResponseWriter, r *http.Request, v Visit) error {
	if _, err := a.o.Texting.ShowKey(r.Context(), v.Shop.ID, r.PathValue("key")); err != nil {
		return v.undone(w, r, err, v.Path("settings", "api"))
	}
	return a.showKeys(w, r, v, keysBody{}, r.PathValue("key"))
}

func (a *Admin) labelKey(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	back := v.Path("settings", "api")
	if err := a.o.Texting.LabelKey(r.Context(), v.Shop.ID, r.PathValue("key"), field(r, "label")); err != nil {
		return v.undone(w, r, err, back)
	}
	return v.done(w, r, "The label is changed.", back)
}

func (a *Admin) revokeKey(w http.ResponseWriter, r *http.Request, v Visit) error {
	back := v.Path("settings", "api")
	if err := a.o.Texting.RevokeKey(r.Context(), v.Shop.ID, r.PathValue("key")); err != nil {
		return v.undone(w, r, err, back)
	}
	return v.done(w, r, "The key is revoked. Whoever used it is refused from now on.", back)
}
