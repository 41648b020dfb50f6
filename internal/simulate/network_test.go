package simulate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/texting"
)

// Names that exist only here.
const (
	hostPostscript = "postscript.internal"
	hostBridge     = "bridge.internal"
)

// network carries the requests of one life between its halves, and loses, repeats and delays them.
type network struct{ p *program }

// request is one that was made, as its receiver's door saw it.
type request struct {
	at     time.Time
	host   string
	method string
	path   string
	token  string
	key    string // Idempotency-Key: the delivery
	about  string
	text   string // the inbound text a webhook is about
	status int    // 0: none came back
	ran    int    // how often the receiver worked on it
	unsure bool   // whoever asked cannot know whether it was done
	life   *program
}

// mishap is what goes wrong with a request.
type mishap string

// The mishaps.
const (
	fine    mishap = ""
	refused mishap = "refused" // nobody listens
	gone    mishap = "gone"    // it never arrives, and nobody says so
	busy    mishap = "429"
	broken  mishap = "500"
	slow    mishap = "slow"
	mute    mishap = "answer lost"
	twice   mishap = "twice"
)

var mishaps = []mishap{refused, gone, busy, broken, slow, mute, mute, twice}

var (
	messageID = regexp.MustCompile(`"id":"(im_[^"]+)"`)
	eventName = regexp.MustCompile(`"event":"([^"]+)"`)
	fromPhone = regexp.MustCompile(`"(?:from_number|phone_number)":"([^"]+)"`)
	anyID     = regexp.MustCompile(`(\b[a-z]{1,4}_[0-9a-z]{26}\b|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|/a/[\w.-]+|/\d{4,}|/[0-9a-z]{26}\b)`)
)

// RoundTrip carries one request.
func (n *network) RoundTrip(r *http.Request) (*http.Response, error) {
	w := n.p.w
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		_ = r.Body.Close()
	}
	if n.p.killed() {
		return nil, errDead
	}
	q := &request{life: n.p, at: time.Now(), host: r.URL.Host, method: r.Method, path: anyID.ReplaceAllString(r.URL.Path, "*"), token: r.Header.Get("Authorization"), key: r.Header.Get("Idempotency-Key")}
	if m := fromPhone.FindSubmatch(body); m != nil {
		q.about = string(m[1])
	}
	if phone := r.URL.Query().Get("phone_number"); phone != "" {
		q.about = phone
	}
	if m := messageID.FindSubmatch(body); m != nil && q.host == hostBridge {
		q.text = string(m[1])
	}
	if m := eventName.FindSubmatch(body); m != nil {
		q.path += " " + string(m[1])
	}
	what := q.host + q.method + q.path + q.about
	draw := w.of(what, w.nth(what), q.at.UnixNano())
	oops := fine
	if !w.isCalm() && draw.Float64() < w.plan.faults {
		oops = mishaps[draw.IntN(len(mishaps))]
		w.count(func(t *totals) { t.Mishaps++ })
	}
	w.mu.Lock()
	w.requests = append(w.requests, q)
	w.mu.Unlock()
	resp, err := n.carry(r, body, q, oops, draw)
	if err != nil {
		w.log.add("net", "%s %s %s %s: %s %v", q.method, q.host, q.path, q.about, oops, anyID.ReplaceAllString(err.Error(), "ID"))
		return nil, err
	}
	q.status = resp.StatusCode
	if q.host == hostBridge && !w.isCalm() && draw.Float64() < 2*w.plan.faults {
		n.again(r, body, q, draw)
	}
	w.log.add("net", "%s %s %s %s: %s %d", q.method, q.host, q.path, q.about, oops, resp.StatusCode)
	return resp, nil
}

func (n *network) carry(r *http.Request, body []byte, q *request, oops mishap, draw *rand.Rand) (*http.Response, error) {
	latency := time.Millisecond + time.Duration(draw.Int64N(int64(40*time.Millisecond)))
	if err := sleep(r.Context(), latency); err != nil {
		q.unsure = true
		return nil, err
	}
	switch oops {
	case refused:
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
	case gone:
		q.unsure = true
		return nil, sleep(r.Context(), time.Hour) // until whoever asked gives up
	case busy:
		return answer(r, http.StatusTooManyRequests, `{"error_code":3002,"error_message":"Rate limit exceeded","success":false}`), nil
	case broken:
		return answer(r, http.StatusInternalServerError, "{}"), nil
	case slow:
		if err := sleep(r.Context(), time.Duration(draw.Int64N(int64(25*time.Second)))); err != nil {
			q.unsure = true
			// It arrives all the same, when nobody waits for it any more.
			_, _ = n.serve(r.WithContext(n.p.ctx), body, q)
			return nil, err
		}
	}
	resp, err := n.serve(r, body, q)
	if oops == twice && err == nil {
		if err = sleep(r.Context(), latency); err == nil {
			resp, err = n.serve(r, body, q)
		}
	}
	if err == nil {
		err = sleep(r.Context(), latency)
	}
	if err != nil || n.p.killed() {
		q.unsure = true
		return nil, errors.Join(err, io.ErrUnexpectedEOF)
	}
	if oops == mute {
		q.unsure = true
		return nil, io.ErrUnexpectedEOF
	}
	return resp, nil
}

// again lets a webhook come once more: after seconds or days, and so behind later ones; or at once under a new id, as if
// it were another text.
func (n *network) again(r *http.Request, body []byte, q *request, draw *rand.Rand) {
	w, at := n.p.w, time.Now()
	late := time.Duration(draw.Int64N(int64([]time.Duration{time.Minute, 2 * time.Hour, 60 * time.Hour}[draw.IntN(3)])))
	renamed := false
	if m := messageID.FindSubmatch(body); m != nil && draw.IntN(2) == 0 {
		renamed = true
		body = bytes.Replace(body, m[1], append(bytes.Clone(m[1]), "again"...), 1)
		late %= 90 * time.Second // later than two minutes it is another text
	}
	w.later(at.Add(late), func() {
		w.log.add("net", "%s comes again after %s, renamed: %t", q.about, late, renamed)
		w.count(func(t *totals) { t.Again++ })
		tries := 0
		_ = w.insist(draw, func(p *program) error {
			if tries++; renamed && tries > 1 {
				return fault.New(fault.Conflict, "too late")
			}
			resp, err := (&network{p}).serve(r.WithContext(p.ctx), body, &request{host: hostBridge})
			if err == nil && resp.StatusCode != http.StatusOK {
				return fault.New(fault.Conflict, "%d", resp.StatusCode)
			}
			return err
		})
	})
}

// serve hands the bytes to the receiver and waits for its answer, or until nobody does any more.
func (n *network) serve(r *http.Request, body []byte, q *request) (*http.Response, error) {
	if n.p.killed() {
		return nil, errDead
	}
	h := n.p.api
	if q.host == hostBridge {
		h = n.p.hooks
	}
	q.ran++
	ctx, cancel := context.WithCancel(n.p.ctx)
	defer cancel()
	in := httptest.NewRequestWithContext(ctx, r.Method, r.URL.RequestURI(), bytes.NewReader(body))
	in.Header = r.Header.Clone()
	out := httptest.NewRecorder()
	done := make(chan struct{})
	n.p.inUse.Go(func() { defer close(done); h.ServeHTTP(out, in) })
	select {
	case <-done:
	case <-r.Context().Done():
		cancel()
		<-done
		return nil, r.Context().Err()
	}
	resp := out.Result()
	resp.Request = r
	return resp, nil
}

func answer(r *http.Request, status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Status: http.StatusText(status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Request: r,
	}
}

// sleep waits, or returns why it stopped.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// carrier is the gateway of one life. What it has carried it remembers for ever: it is another company's.
type carrier struct{ p *program }

// text is one that reached a phone.
type text struct {
	asked time.Time // when the gateway was asked
	at    time.Time
	shop  string
	to    string
	id    string
	body  string
}

// DropsRepeats reports whether this seed's carrier does.
func (c carrier) DropsRepeats() bool { return c.p.w.plan.drops }

// Send carries a text, or does not, or does and does not say so.
func (c carrier) Send(ctx context.Context, x texting.Text) (string, error) {
	w := c.p.w
	if c.p.killed() {
		return "", errDead
	}
	asked := time.Now()
	draw := w.of("carrier", x.ShopID, x.To, w.nth("carrier"+x.ShopID+x.To), asked.UnixNano())
	if err := sleep(ctx, time.Millisecond+time.Duration(draw.Int64N(int64(50*time.Millisecond)))); err != nil {
		return "", fmt.Errorf("%w: %w", texting.ErrUnknown, err)
	}
	if !w.isCalm() && draw.Float64() < w.plan.faults {
		w.count(func(t *totals) { t.Mishaps++ })
		switch draw.IntN(5) {
		case 0:
			return "", fault.New(fault.Unavailable, "The carrier takes no texts just now.")
		case 1:
			return "", fmt.Errorf("never arrived: %w", texting.ErrUnknown)
		case 2:
			c.deliver(x, asked)
			return "", fmt.Errorf("the answer was lost: %w", texting.ErrUnknown)
		case 3:
			c.deliver(x, asked)
			return "", sleep(ctx, time.Hour)
		default:
			if err := sleep(ctx, time.Duration(draw.Int64N(int64(9*time.Second)))); err != nil {
				return "", err
			}
		}
	}
	c.deliver(x, asked)
	return "carrier_" + x.ID, nil
}

func (c carrier) deliver(x texting.Text, asked time.Time) {
	w := c.p.w
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.plan.drops && w.carried[x.ID] {
		return
	}
	w.carried[x.ID] = true
	w.phone = append(w.phone, text{asked: asked, at: time.Now(), shop: x.ShopID, to: x.To, id: x.ID, body: x.Body})
	w.totals.Texts++
	w.tries["got "+x.To]++
	if draw := w.of("got", x.ShopID, x.To, w.tries["got "+x.To]); !w.calm && strings.Contains(x.Body, "|upcoming|") && draw.IntN(3) == 0 {
		// Many answer what they are told, at once or hours later.
		h, body := w.who(x.ShopID, x.To), phrases[draw.IntN(len(phrases))]
		w.push(time.Now().Add(time.Duration(draw.Int64N(int64([]time.Duration{time.Minute, time.Hour, 40 * time.Hour}[draw.IntN(3)])))), func() { w.say(h, body) })
	}
	w.log.add("phone", "%s %s < %s", x.ShopID, x.To, anyID.ReplaceAllString(x.Body, "ID"))
}
