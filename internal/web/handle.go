package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"runtime/debug"

	"rejoinder/internal/fault"
)

// Handler answers one page request, or returns why it cannot. It must not write before it is sure to succeed:
// Set.Render, Set.Fragment and SeeOther keep to that by themselves.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Handle makes h an http.Handler with the kit's time-out and body limit. What h returns is logged with the
// route's pattern (never the path) and shown as an error page with a reference.
func (k *Kit) Handle(h Handler) http.Handler { return k.HandleUpload(k.opts.MaxBody, h) }

// HandleUpload is Handle with its own limit, in bytes, on the request body: for forms that take a file.
func (k *Kit) HandleUpload(limit int64, h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), k.opts.Timeout)
		defer cancel()
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		r = r.WithContext(ctx)
		if err := h(w, r); err != nil {
			k.fail(w, r, err)
			return
		}
		k.opts.Log.DebugContext(ctx, "page", "method", r.Method, "route", r.Pattern, "ref", Reference(r))
	})
}

var (
	errCrossOrigin = fault.New(fault.Forbidden, "This form was sent from another site, so it was not accepted. Open the page here and send it again.")
	errNoPage      = fault.New(fault.NotFound, "There is no page at this address.")
	errMethod      = errors.New("method not allowed")
)

// statusOf is the one place where a kind becomes a status of the pages.
func statusOf(err error) int {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, errMethod):
		return http.StatusMethodNotAllowed
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, context.Canceled):
		return 499 // the reader has left; nobody sees it
	}
	switch fault.KindOf(err) {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.Unauthorized:
		return http.StatusUnauthorized
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.RateLimited:
		return http.StatusTooManyRequests
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	case fault.Internal:
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// sentence is what a person is told. Only a fault's own sentence is ever shown; the cause goes to the log.
func sentence(err error, status int) string {
	switch status {
	case http.StatusInternalServerError:
		return "Something went wrong on our side. It has been recorded; please try again in a moment."
	case http.StatusMethodNotAllowed:
		return "This address does not accept that kind of request. Go back to the page and use its buttons."
	case http.StatusRequestEntityTooLarge:
		if !fault.Is(err, fault.TooLarge) {
			return "What you sent is larger than this page accepts."
		}
	case http.StatusServiceUnavailable:
		if !fault.Is(err, fault.Unavailable) {
			return "This took too long. Please try again in a moment."
		}
	}
	return fault.Message(err)
}

// fail logs err once and, if nothing has been written yet, answers with an error page.
func (k *Kit) fail(w http.ResponseWriter, r *http.Request, err error) {
	status := statusOf(err)
	level := slog.LevelInfo
	switch {
	case status == 499:
		level = slog.LevelDebug
	case status >= 500:
		level = slog.LevelError
	}
	attrs := []any{
		"method", r.Method, "route", r.Pattern, "status", status,
		"kind", string(fault.KindOf(err)), "ref", Reference(r), "err", err.Error(),
	}
	var p *panicError
	if errors.As(err, &p) {
		attrs = append(attrs, "stack", p.stack)
	}
	k.opts.Log.Log(r.Context(), level, "page failed", attrs...)
	if wrote(w) {
		panic(http.ErrAbortHandler) // breaks the connection off: what has been sent is not to be taken for the whole
	}
	k.errors.write(w, r, status, sentence(err, status))
}

type referenceKey struct{}

// Reference returns the request's reference id: on every error page and in every log line, so that a person can
// quote it. It is "" outside Kit.Serve.
func Reference(r *http.Request) string {
	ref, _ := r.Context().Value(referenceKey{}).(string)
	return ref
}

// panicError carries a recovered panic to the log.
type panicError struct {
	value any
	stack string
}

// Error names the type of the panic's value only: the value itself may hold anything, a message text included.
// The stack, which goes to the log beside it, says where it was.
func (e *panicError) Error() string {
	return fmt.Sprintf("panic: %T", e.value)
}

func stack() string { return string(debug.Stack()) }

// errorPages holds the error page rendered once at start, so that showing it can fail no more: neither a
// template, nor the database, nor the session is needed while something is already wrong.
type errorPages struct{ html map[int][]byte }

const (
	markMessage   = "%%message%%"
	markReference = "%%reference%%"
	markTheme     = "%%theme%%"
)

var errorTitles = map[int]string{
	http.StatusUnauthorized:          "Please sign in",
	http.StatusForbidden:             "Not allowed",
	http.StatusNotFound:              "Not found",
	http.StatusMethodNotAllowed:      "Not possible here",
	http.StatusConflict:              "Not possible now",
	http.StatusRequestEntityTooLarge: "Too large",
	http.StatusUnprocessableEntity:   "That did not work",
	http.StatusTooManyRequests:       "Too many tries",
	http.StatusInternalServerError:   "Something went wrong",
	http.StatusServiceUnavailable:    "Please try again",
}

type errorBody struct {
	Status             int
	Message, Reference string
	Ours               bool // the failure is ours: the reference is worth quoting
}

func (k *Kit) renderErrorPages() (*errorPages, error) {
	pages := &errorPages{html: map[int][]byte{}}
	for status, title := range errorTitles {
		var buf bytes.Buffer
		v := view{
			Page: Page{Title: title, Frame: FramePlain, Body: errorBody{
				Status: status, Message: markMessage, Reference: markReference, Ours: status >= 500,
			}},
			Theme: markTheme,
		}
		if err := k.own.execute(&buf, "error.html", "page", v); err != nil {
			return nil, err
		}
		pages.html[status] = buf.Bytes()
	}
	return pages, nil
}

func (p *errorPages) write(w http.ResponseWriter, r *http.Request, status int, message string) {
	html, ok := p.html[status]
	if !ok {
		html = p.html[http.StatusInternalServerError]
	}
	html = bytes.ReplaceAll(html, []byte(markTheme), []byte(themeOf(r)))
	html = bytes.ReplaceAll(html, []byte(markReference), []byte(template.HTMLEscapeString(Reference(r))))
	html = bytes.ReplaceAll(html, []byte(markMessage), []byte(template.HTMLEscapeString(message)))
	writeHTML(w, status, html)
}

// writeHTML sends a finished page. A failing write means that the reader has left, which needs no report.
func writeHTML(w http.ResponseWriter, status int, html []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(html)
}

// SeeOther sends the browser to path with a GET: the answer to a form that succeeded.
func SeeOther(w http.ResponseWriter, r *http.Request, path string) error {
	http.Redirect(w, r, path, http.StatusSeeOther)
	return nil
}
