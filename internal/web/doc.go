// Package web is the page kit: everything that pages share and nothing that any one page knows.
//
// It exists so that internal/web/admin, account and phone hold only their own pages: layout, navigation,
// components, styles, sessions, flash messages, security headers, error pages and charts come from here, and
// look and behave the same everywhere. It must not import a use case, the store or an adapter, must not know a
// page's address, and never logs a path (an account link carries its secret there), a form value or a message.
//
// How a page is added:
//
//  1. Write templates/customer.html in the page package: {{define "body"}} … {{end}}, optionally
//     {{define "actions"}} (buttons beside the title) and any named fragments. Files whose name begins with "_"
//     are shared by all pages of the package. Body, actions and fragments receive Page.Body.
//  2. Embed the folder (//go:embed all:templates, because without all: Go leaves out names with "_") and
//     register it once: set, err := kit.Templates(files, "templates").
//  3. Give the page a typed struct, and a web.Handler that fills it:
//     return set.Render(w, r, http.StatusOK, "customer.html", web.Page{Title: "Ana", Body: customerPage{…}}).
//  4. Route it: mux.Handle("GET /customers/{id}", kit.Handle(h)); outermost stands kit.Serve(mux).
//  5. Add a sample of the struct to the package's test, which runs set.Check(samples).
//
// A form that fails is rendered again with status 422: Problems carries what is wrong by field, and the
// components "input", "textarea", "select" and "check" show it beside the field. A form that succeeds calls
// kit.Flash and answers with SeeOther. Every component in every state is on the page that Kit.Story serves.
//
// A request passes: headers → recover → assets → cross-origin check → session → route → Handle (time-out,
// body limit, handler, log, error page).
package web
