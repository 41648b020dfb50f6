package admin

import (
	"context"
	"net/http"

	"rejoinder/internal/texting"
	"rejoinder/internal/web"
)

type keywords interface {
	Keywords(ctx context.Context, shopID string, activeOnly bool) ([]texting.Keyword, error)
	Keyword(ctx context.Context, shopID, id string) (texting.Keyword, error)
	SaveKeyword(ctx context.Context, k texting.Keyword) (texting.Keyword, string, error)
}

// keywordListBody is the body of keywords.html.
type keywordListBody struct {
	Visit    Visit
	Rows     []keywordRow
	New      keywordRow
	Tags     []string
	Problems web.Problems
	Wrong    string // id of the keyword the problems are about, "" for the new one
}

type keywordRow struct {
	texting.Keyword
	Action string
	Open   bool
}

func (a *Admin) keywordList(w http.ResponseWriter, r *http.Request, v Visit) error {
	return a.showKeywords(w, r, v, texting.Keyword{Active: true, Reply: "Thanks for joining {shop_name}!"}, nil)
}

// showKeywords shows the list; typed is the keyword a form with problems was about.
func (a *Admin) showKeywords(w http.ResponseWriter, r *http.Request, v Visit, typed texting.Keyword, problems web.Problems) error {
	list, err := a.o.Texting.Keywords(r.Context(), v.Shop.ID, false)
	if err != nil {
		return err
	}
	body := keywordListBody{Visit: v, Problems: problems, Wrong: typed.ID, New: keywordRow{Keyword: texting.Keyword{Active: true}, Action: v.Path("keywords")}}
	for _, k := range list {
		row := keywordRow{Keyword: k, Action: v.Path("keywords", k.ID)}
		if problems != nil && k.ID == typed.ID {
			row.Word, row.Reply, row.Active, row.Open = typed.Word, typed.Reply, typed.Active, true
		}
		body.Rows = append(body.Rows, row)
	}
	if typed.ID == "" {
		body.New.Keyword = typed
	}
	for _, t := range texting.KeywordTags() {
		body.Tags = append(body.Tags, "{"+t.Name+"}")
	}
	p := v.Page("keywords", "Keywords", body)
	p.Lead = "Words people text to the shop to subscribe, and what they are answered."
	return a.render(w, r, "keywords.html", p, problems)
}

// keywordSave adds a keyword, or changes the one in the path.
func (a *Admin) keywordSave(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	k := texting.Keyword{ID: r.PathValue("keyword"), ShopID: v.Shop.ID, Word: field(r, "word"), Reply: field(r, "reply"), Active: field(r, "active") != ""}
	saved, warning, err := a.o.Texting.SaveKeyword(r.Context(), k)
	if problems := web.ProblemsOf(err); problems != nil {
		return a.showKeywords(w, r, v, k, problems)
	}
	if err != nil {
		return err
	}
	if warning != "" && saved.Active {
		a.o.Kit.Flash(r, web.Warn, warning)
		return web.SeeOther(w, r, v.Path("keywords"))
	}
	return v.done(w, r, "The keyword "+saved.Word+" is saved.", v.Path("keywords"))
}
