package sqlite

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"till/domain"
)

// nobodyWaits stands for no time in a list by time: it comes after all of them.
const nobodyWaits = "~"

// dispute is a case as the list of disputes has it.
type dispute struct {
	id, payment, stage, status       string
	isOpen                           bool
	amount                           int64
	currency, money, reason, network string
	respondBy, openedAt              string
}

// disputesOf gives the cases about an order's payments.
func disputesOf(o *domain.Order) []dispute {
	var all []dispute
	for _, p := range o.Payments {
		for _, d := range p.Disputes {
			row := dispute{
				id: string(d.ID), payment: string(p.ID), stage: d.Stage, status: d.Status, isOpen: d.IsOpen(),
				amount: int64(d.Amount), currency: string(o.Cart.Currency), money: d.Money, reason: d.ReasonCode, network: d.Network,
				respondBy: nobodyWaits, openedAt: domain.FormatTime(d.OpenedAt),
			}
			if by := d.AnswerBy(); !by.IsZero() {
				row.respondBy = domain.FormatTime(by)
			}
			all = append(all, row)
		}
	}
	return all
}

func projectDisputes(s *session, before, after *record) error {
	for _, d := range missing(before.disputes, after.disputes) {
		if err := s.exec("delete from disputes where id = ? and payment = ?", d.id, d.payment); err != nil {
			return err
		}
	}
	for _, d := range missing(after.disputes, before.disputes) {
		err := s.exec(`insert into disputes (id, payment, n, stage, status, is_open, amount, currency, money, reason_code, network, respond_by, opened_at)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			d.id, d.payment, after.fixed.n, d.stage, d.status, d.isOpen, d.amount, d.currency, d.money, d.reason, d.network, d.respondBy, d.openedAt)
		if err != nil {
			return err
		}
	}
	return nil
}

// Disputes gives one page of the list. Following Next costs the same at any depth; Page counts its way there.
// CodeInvalid for a sort or a Next that is none.
func (db *DB) Disputes(ctx context.Context, q domain.DisputeQuery) (domain.DisputePage, error) {
	p, err := newDisputePaging(q)
	if err != nil {
		return domain.DisputePage{}, err
	}
	query, args := p.statement()
	var page domain.DisputePage
	err = db.read(ctx, func(s *session) error {
		return s.each(func(rows *sql.Rows) error {
			if len(page.Items) == p.size { // the one too many says that there is more
				page.Next = p.token()
				return nil
			}
			row, err := p.scan(rows)
			page.Items = append(page.Items, row)
			return err
		}, query, args...)
	})
	if err != nil {
		return domain.DisputePage{}, err
	}
	return page, nil
}

// disputePaging is where a page of disputes begins. The last row that was scanned is where the next one goes on.
type disputePaging struct {
	column     string // what is sorted by, before id and payment
	open       bool
	size, skip int

	resumed           bool // after a row
	time, id, payment string
}

func newDisputePaging(q domain.DisputeQuery) (*disputePaging, error) {
	p := &disputePaging{column: q.Sort, open: q.Open, size: min(q.Size, maxPageSize)}
	if p.size <= 0 {
		p.size = pageSize
	}
	switch p.column {
	case "":
		p.column = "opened_at"
	case "opened_at", "respond_by":
	default:
		return nil, domain.Errorf(domain.CodeInvalid, "disputes cannot be sorted by %q", q.Sort).
			WithHint("sort by opened_at or respond_by")
	}
	if q.After != "" {
		return p, p.resume(q.After)
	}
	p.skip = max(q.Page, 0) * p.size
	return p, nil
}

// token says where the next page begins, and in which order it was asked for.
func (p *disputePaging) token() string {
	text, _ := json.Marshal([]string{p.column, p.time, p.id, p.payment}) // texts alone: it cannot fail
	return base64.RawURLEncoding.EncodeToString(text)
}

func (p *disputePaging) resume(token string) error {
	var parts []string
	text, err := base64.RawURLEncoding.DecodeString(token)
	if err == nil {
		err = json.Unmarshal(text, &parts)
	}
	if err != nil || len(parts) != 4 || parts[0] != p.column {
		return domain.Errorf(domain.CodeInvalid, "this is not where a page of this list ends").
			WithHint("take `after` from the page before, with the same sort")
	}
	p.resumed, p.time, p.id, p.payment = true, parts[1], parts[2], parts[3]
	return nil
}

// statement writes the query, which walks an index in the order of the page and stops at its end.
func (p *disputePaging) statement() (string, []any) {
	beyond, direction := "<", " desc"
	if p.column == "respond_by" {
		beyond, direction = ">", ""
	}
	c := &conditions{}
	if p.open {
		c.add("d.is_open") // as in the indexes of the open ones
	}
	if p.resumed {
		c.add("(d."+p.column+", d.id, d.payment) "+beyond+" (?, ?, ?)", p.time, p.id, p.payment)
	}
	order := strings.ReplaceAll(" order by d."+p.column+"?, d.id?, d.payment?", "?", direction)
	return `select d.id, d.payment, o.id, o.number, o.human_id, o.customer, d.stage, d.status, d.amount, d.currency, d.money,
		d.reason_code, d.network, d.respond_by, d.opened_at from disputes d cross join orders o on o.n = d.n` +
		c.where() + order + " limit ? offset ?", append(c.args, p.size+1, p.skip)
}

func (p *disputePaging) scan(rows *sql.Rows) (domain.DisputeRow, error) {
	var r domain.DisputeRow
	var respondBy, openedAt string
	err := rows.Scan(&p.id, &p.payment, &r.Order, &r.Number, &r.HumanID, &r.Customer, &r.Stage, &r.Status, &r.Amount, &r.Currency, &r.Money,
		&r.ReasonCode, &r.Network, &respondBy, &openedAt)
	if err != nil {
		return r, err
	}
	r.ID, r.Payment, p.time = domain.DisputeID(p.id), domain.PaymentID(p.payment), openedAt
	if p.column == "respond_by" {
		p.time = respondBy
	}
	if r.RespondBy, err = readTime(respondBy); err == nil {
		r.OpenedAt, err = domain.ParseTime(openedAt)
	}
	return r, err
}

func readTime(text string) (time.Time, error) {
	if text == nobodyWaits {
		return time.Time{}, nil
	}
	return domain.ParseTime(text)
}
