package phone

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/web"
)

// afterNotice is how far past a notice the clock goes, so that the shortest wait of an automation, a minute,
// has passed and its text has arrived.
const afterNotice = 2 * time.Minute

const localMoment = "2006-01-02T15:04" // of a datetime-local field

// clockFor fills the clock's card. customerID may be "".
func (p *Phone) clockFor(ctx context.Context, v Visit, customerID string) clock {
	now := p.o.Clock.Now()
	c := clock{
		Now: now, Zone: v.Shop.Location(), Movable: p.o.Clock.MovableClock(),
		Action: "/s/" + v.Shop.ID + "/clock", Back: Path(v.Shop.ID, customerID),
		Min: now.In(v.Shop.Location()).Add(time.Minute).Format(localMoment),
	}
	if !c.Movable {
		return c
	}
	if next, err := p.o.Clock.NextMoment(ctx); err == nil {
		c.Event = !next.IsZero()
	}
	if customerID == "" {
		return c
	}
	coming, err := p.o.Bridge.NextNotice(ctx, v.Shop.ID, customerID)
	switch {
	case gone(err):
		c.Note = "No order is coming for this customer."
	case err != nil:
		c.Note = fault.Message(err)
	case coming.Notice.IsZero():
		c.Note = coming.Reason
	default:
		c.ToNext = Path(v.Shop.ID, customerID) + "/notice"
		c.NextFor = coming.Order.Date.Short()
	}
	return c
}

// clockOf answers the card's own polling.
func (p *Phone) clockOf(w http.ResponseWriter, r *http.Request, v Visit) error {
	return p.set.Fragment(w, r, http.StatusOK, "phone.html", "clock-now", p.clockFor(r.Context(), v, r.PathValue("customer")))
}

// timeOf answers the polling of the time at the head of the handset.
func (p *Phone) timeOf(w http.ResponseWriter, r *http.Request, v Visit) error {
	c, err := p.o.Bridge.Customer(r.Context(), v.Shop.ID, r.PathValue("customer"))
	if err != nil {
		return err
	}
	return p.set.Fragment(w, r, http.StatusOK, "phone.html", "handset-time", clock{Now: p.o.Clock.Now(), Zone: phoneZone(c, v)})
}

// moveToNotice moves the clock to just after the notice of the customer's next order.
func (p *Phone) moveToNotice(w http.ResponseWriter, r *http.Request, v Visit) error {
	id := r.PathValue("customer")
	coming, err := p.o.Bridge.NextNotice(r.Context(), v.Shop.ID, id)
	if err == nil && coming.Notice.IsZero() {
		err = fault.New(fault.Conflict, "%s", coming.Reason)
	}
	if err != nil {
		return p.moved(w, r, err, Path(v.Shop.ID, id))
	}
	return p.moved(w, r, p.advance(r.Context(), coming.Awake.Add(afterNotice)), Path(v.Shop.ID, id))
}

// moveClock moves the clock by hours, to a moment in the shop's zone, or to the next event.
func (p *Phone) moveClock(w http.ResponseWriter, r *http.Request, v Visit) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	back := r.PostForm.Get("back")
	if !strings.HasPrefix(back, "/s/"+v.Shop.ID+"/") {
		back = Path(v.Shop.ID, "")
	}
	to, err := p.target(r, v)
	if err != nil {
		return p.moved(w, r, err, back)
	}
	return p.moved(w, r, p.advance(r.Context(), to), back)
}

func (p *Phone) target(r *http.Request, v Visit) (time.Time, error) {
	now := p.o.Clock.Now()
	switch {
	case r.PostForm.Get("hours") != "":
		hours, err := strconv.Atoi(r.PostForm.Get("hours"))
		if err != nil || hours < 1 || hours > 400*24 {
			return now, fault.Field("hours", "Give a whole number of hours.")
		}
		return now.Add(time.Duration(hours) * time.Hour), nil
	case r.PostForm.Get("next") != "":
		next, err := p.o.Clock.NextMoment(r.Context())
		if err == nil && next.IsZero() {
			err = fault.New(fault.Conflict, "Nothing is due, however far the clock goes.")
		}
		return next.Add(time.Second), err
	}
	at, err := time.ParseInLocation(localMoment, r.PostForm.Get("to"), v.Shop.Location())
	if err != nil {
		return now, fault.Field("to", "Choose a date and a time.")
	}
	return at, nil
}

// advance gives the move most of the page's own time; a long one goes on behind it.
func (p *Phone) advance(ctx context.Context, to time.Time) error {
	if at := p.o.Clock.Now().Add(time.Second); to.Before(at) {
		to = at
	}
	ctx, cancel := context.WithTimeout(ctx, 25*time.Second)
	defer cancel()
	return p.o.Clock.Advance(ctx, to)
}

// moved answers a form of the clock.
func (p *Phone) moved(w http.ResponseWriter, r *http.Request, err error, back string) error {
	switch fault.KindOf(err) {
	case "":
	case fault.Invalid, fault.Conflict, fault.NotFound, fault.Forbidden:
		p.o.Kit.Flash(r, web.Warn, fault.Message(err))
	case fault.Unavailable:
		p.o.Kit.Flash(r, web.Info, fault.Message(err))
	default:
		return err
	}
	return web.SeeOther(w, r, back)
}
