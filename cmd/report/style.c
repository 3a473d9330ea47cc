/*
 * The style sheet of reports. Its colours have the hues of Okabe and Ito, which
 * people with any kind of colour vision can tell apart ("Color Universal
 * Design", 2008). The colours of phases are darker on a light page and lighter
 * on a dark one, so that also thin parts of a figure have a contrast of 3:1
 * with the card (WCAG 1.4.11). No meaning depends on a colour alone: everything
 * drawn is also named, dashed or listed.
 *
 * The text must not contain "<" or "&", because the page is XML too.
 */
#include "cmd/report/style.h"

#define DARK \
	"--page:#14171a;--card:#1d2125;--ink:#e8eaed;--soft:#a4abb3;" \
	"--line:#3a4148;--mark:#24313a;" \
	"--wait:#8d949b;--dns:#f0e442;--connect:#7cc7f2;--tls:#e09cc4;" \
	"--first_byte:#3f9ad6;--body:#25b98f;--queue:#f0b429;" \
	"--parse:#f0793a;--output:#b49ae0;--error:#f0793a;" \
	"--m0:#4aa3df;--m1:#f0b429;--m2:#25b98f;--m3:#e09cc4;" \
	"--link:#7cc7f2;"

const char report_style[] =
":root{color-scheme:light dark;"
"--page:#f5f6f7;--card:#fff;--ink:#1b1f23;--soft:#59626b;--line:#d5d9dd;"
"--mark:#e6f1f8;"
"--wait:#757575;--dns:#8f8400;--connect:#3391d4;--tls:#bd5b94;"
"--first_byte:#00507f;--body:#008a64;--queue:#b87a00;--parse:#c65400;"
"--output:#7b5ea7;--error:#c65400;--link:#00568a;"
"--m0:#0072b2;--m1:#b87a00;--m2:#008a64;--m3:#bd5b94}\n"
"@media screen and (prefers-color-scheme:dark){:root{" DARK "}}\n"
"*{box-sizing:border-box}\n"
"body{margin:0 auto;max-width:64rem;padding:1rem;background:var(--page);"
"color:var(--ink);font:16px/1.5 system-ui,sans-serif}\n"
"h1{font-size:1.6rem;line-height:1.2;margin:.5rem 0;overflow-wrap:anywhere}\n"
"h2{font-size:1.25rem;margin:2rem 0 .75rem}\n"
"p{margin:.5rem 0;max-width:42rem}\n"
"a{color:var(--link);overflow-wrap:anywhere}\n"
".command{max-width:none;overflow-wrap:anywhere}\n"
"code span{white-space:nowrap}\n"
"code{font:.875rem/1.5 ui-monospace,monospace}\n"
"footer,.soft{color:var(--soft)}\n"
"footer{margin-top:2rem;font-size:.875rem}\n"
".note{background:var(--mark);border-left:4px solid var(--m0);"
"padding:.75rem 1rem;border-radius:.25rem;max-width:none}\n"
".note.bad{border-color:var(--error)}\n"
".facts{display:grid;gap:.75rem;margin:1rem 0;"
"grid-template-columns:repeat(auto-fill,minmax(7rem,1fr))}\n"
".facts div,figure,.card{background:var(--card);"
"border:1px solid var(--line);border-radius:.5rem}\n"
".facts div{padding:.5rem .75rem;min-width:0}\n"
".facts .wide{grid-column:span 3}\n"
"dt{color:var(--soft);font-size:.875rem}\n"
"dd{margin:0;font-size:1.25rem;font-variant-numeric:tabular-nums;"
"overflow-wrap:anywhere}\n"
".wide dd{font-size:1rem}\n"
".figures{display:grid;gap:1rem;align-items:start;margin-bottom:1rem;"
"grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr))}\n"
"figure,.card{margin:0;padding:1rem;min-width:0}\n"
".card{margin:0 0 1rem}.figures .card{margin:0}\n"
"figcaption{font-weight:600;margin-bottom:.5rem}\n"
"figure>p{font-size:.875rem;color:var(--soft);margin:.5rem 0 0}\n"
"figure>svg{display:block;width:100%;height:auto}\n"
"svg text{font:11px system-ui,sans-serif;fill:var(--ink)}\n"
"svg .soft{fill:var(--soft)}\n"
"svg .end{text-anchor:end}svg .mid{text-anchor:middle}\n"
".grid{stroke:var(--line);stroke-width:1;fill:none}\n"
".base,.whisker{stroke:var(--ink);stroke-width:1;fill:none}\n"
".guide{stroke:var(--ink);stroke-width:1;stroke-dasharray:3 3;fill:none}\n"
".point{stroke:var(--card);stroke-width:.5}\n"
".band{fill-opacity:.2}\n"
".curve{fill:none;stroke-width:2;stroke-linejoin:round}\n"
".legend{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1rem;"
"margin:.5rem 0 0;padding:0;font-size:.875rem}\n"
".legend svg{width:.75rem;height:.75rem;margin-right:.375rem}\n"
"details{margin-top:.75rem;font-size:.875rem}\n"
"summary{cursor:pointer;color:var(--soft);padding:.25rem 0}\n"
".scroll{overflow:auto;max-height:24rem}\n"
".card .scroll{max-height:32rem}\n"
"table{border-collapse:collapse;width:100%;font-size:.875rem;"
"font-variant-numeric:tabular-nums}\n"
"caption{text-align:left;font-weight:600;padding-bottom:.5rem}\n"
"details caption{position:absolute;width:1px;height:1px;overflow:hidden;"
"clip-path:inset(50%)}\n"
"th,td{text-align:right;padding:.25rem .5rem;white-space:nowrap;"
"border-bottom:1px solid var(--line)}\n"
"th:first-child,td:first-child,.text{text-align:left}\n"
"tbody th{font-weight:400}\n"
/* Words like "threads" are not broken; long names and URLs are. */
"tbody th,.text{unicode-bidi:isolate}\n"
".names tbody th,.findings tbody th,.text{white-space:normal;"
"overflow-wrap:anywhere;min-width:4rem}\n"
".names tbody th:first-child,.names td.text{min-width:min(11rem,40vw)}\n"
".slow tbody th:first-child{min-width:0}\n"
".texts th,.slow th:nth-child(2),.two th:nth-child(n+3)"
"{text-align:left}\n"
".texts td{width:40%}\n"
".findings td:nth-child(3){min-width:18rem}"
".findings td:nth-child(4){min-width:16rem}.counts table{width:auto}\n"
/* The columns of changes: change, URL, record, field, old, new. */
".changes tbody th{overflow-wrap:normal}"
".changes td:nth-child(2){min-width:16rem}"
".changes td:nth-child(3),.changes td:nth-child(4){min-width:5rem}"
".changes td:nth-child(n+5){min-width:9rem}\n"
"thead th{color:var(--soft);font-weight:600;vertical-align:bottom}\n"
"@media (max-width:30rem){body{padding:.5rem}figure,.card{padding:.625rem}"
".facts{grid-template-columns:1fr 1fr;gap:.5rem}dd{font-size:1.1rem}"
".facts .wide{grid-column:1/-1}"
".texts td{width:auto}"
/* Each finding is a block: severity and kind, below them URL and detail. */
".findings thead{position:absolute;width:1px;height:1px;overflow:hidden;"
"clip-path:inset(50%)}"
".findings,.findings tbody,.findings tr,.findings td:nth-child(n+3)"
"{display:block}"
".findings{position:relative}.findings caption{display:block}"
".findings td:nth-child(n+2){min-width:0}"
".findings tr{padding:.5rem 0;border-bottom:1px solid var(--line)}"
".findings th,.findings td{border:0;padding:0 .5rem 0 0}}\n"
"@media print{:root{color-scheme:light;--page:#fff;--card:#fff}"
"body{max-width:none;font-size:11pt;padding:0;"
"print-color-adjust:exact;-webkit-print-color-adjust:exact}"
"figure,.facts div,tr{break-inside:avoid}"
/* A short table is not separated from its heading. */
".card:not(:has(tr:nth-child(8))){break-inside:avoid}"
"h2,caption,thead{break-after:avoid}.findings td:nth-child(3){min-width:0}"
".findings td:nth-child(4){min-width:12rem}"
"details{display:none}"
".scroll,.card .scroll{overflow:visible;max-height:none}"
".figures{grid-template-columns:1fr 1fr}}\n";
