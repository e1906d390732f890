#!/usr/bin/env node
/* sitecheck: offline quality gate for a folder holding a static website.
 *   node check.mjs DIR [--out report.json] [--shots DIR] [--lighthouse N] [--pages a.html,b.html]
 *                  [--thresholds t.json] [--allow-js] [--skip lighthouse,vnu,axe,html-validate] [--compact]
 * Serves DIR on 127.0.0.1 (random port, gzip, strict CSP), prints ONE JSON on stdout, progress on stderr.
 * Setup: npm ci in this folder; Debian packages chromium, fonts-dejavu-core, fonts-noto-color-emoji.
 * Exit: 0 all thresholds met, 1 a threshold missed, 2 usage or tool error.
 * Needs: node >= 20, Chromium (CHROME_PATH, or Chromium at a usual place), java 11+ (vnu). No network: every host but
 * loopback is mapped to NOTFOUND in the browser, so an external request is a finding and never leaves. */
import fs from 'node:fs'; import path from 'node:path'; import http from 'node:http'; import os from 'node:os';
import zlib from 'node:zlib'; import { spawn } from 'node:child_process'; import { createRequire } from 'node:module';
import { parse as parseHtml } from 'node-html-parser'; import { onPaper, withoutScripts } from './media.mjs';
const require = createRequire(import.meta.url);
const t0 = Date.now(); const log = (...a) => process.stderr.write(`[${((Date.now() - t0) / 1000).toFixed(1)}s] ${a.join(' ')}\n`);

// ---------- arguments
const argv = process.argv.slice(2); const opt = { lighthouse: 2, skip: new Set() }; let dir;
for (let i = 0; i < argv.length; i++) {
  const a = argv[i];
  if (a === '--out') opt.out = argv[++i]; else if (a === '--shots') opt.shots = argv[++i];
  else if (a === '--lighthouse') opt.lighthouse = Number(argv[++i]); else if (a === '--pages') opt.pages = argv[++i].split(',');
  else if (a === '--thresholds') opt.thresholds = argv[++i]; else if (a === '--allow-js') opt.allowJs = true;
  else if (a === '--skip') opt.skip = new Set(argv[++i].split(',')); else if (a === '--compact') opt.compact = true;
  else if (a.startsWith('--')) usage(`unknown option ${a}`); else dir = a;
}
function usage(m) { process.stderr.write(`${m}\nusage: check.mjs DIR [--out F] [--shots D] [--lighthouse N] [--pages a,b] [--thresholds F] [--skip x,y] [--allow-js] [--compact]\n`); process.exit(2); }
if (!dir || !fs.existsSync(dir) || !fs.statSync(dir).isDirectory()) usage('give a folder');
dir = fs.realpathSync(dir);
const CHROME = process.env.CHROME_PATH || ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'].find(p => fs.existsSync(p));
if (!CHROME || !fs.existsSync(CHROME)) usage(`no Chromium at ${CHROME || 'the usual places'}: set CHROME_PATH`);
process.on('uncaughtException', e => { process.stderr.write(`sitecheck: ${e?.stack || e}\n`); process.exit(2); });
const T = {
  performance: 98, accessibility: 100, 'best-practices': 100, seo: 100, lcp_ms: 1800, cls: 0.02, tbt_ms: 150,
  axe_violations: 0, vnu_errors: 0, html_validate_errors: 0, page_bytes: 400_000, page_requests: 15, html_bytes: 40_000, css_bytes: 30_000, font_bytes: 120_000,
  broken_links: 0, jsonld_errors: 0, csp_violations: 0, external_requests: 0, console_errors: 0, overflow_pages: 0, js_bytes: 0, meta_errors: 0, paper_findings: 0, no_script_findings: 0, placeholder_hits: 0,
  ...(opt.thresholds ? JSON.parse(fs.readFileSync(opt.thresholds, 'utf8')) : {}) };
if (opt.allowJs) T.js_bytes = 1e9;
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--no-default-browser-check', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-default-apps', '--disable-extensions', '--disable-dev-shm-usage', '--metrics-recording-only', '--hide-scrollbars', '--mute-audio', '--force-color-profile=srgb',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'];

// ---------- files
const files = []; (function walk(d) { for (const e of fs.readdirSync(d, { withFileTypes: true })) { if (e.name.startsWith('.') && e.name !== '.well-known') continue; const p = path.join(d, e.name); e.isDirectory() ? walk(p) : e.isFile() && files.push(path.relative(dir, p).split(path.sep).join('/')); } })(dir);
const fileSet = new Set(files); const htmlFiles = files.filter(f => /\.html?$/i.test(f)).sort((a, b) => (a === 'index.html' ? -1 : b === 'index.html' ? 1 : a < b ? -1 : 1));
if (!htmlFiles.length) usage('no .html file in the folder');
const urlOf = f => '/' + f.replace(/(^|\/)index\.html$/, '$1');
const resolveFile = p => { p = decodeURIComponent(p).replace(/^\/+/, ''); if (p === '' || p.endsWith('/')) p += 'index.html'; if (fileSet.has(p)) return p; if (fileSet.has(p + '/index.html')) return p + '/index.html'; if (fileSet.has(p + '.html')) return p + '.html'; return null; };

// ---------- loopback server (what a good static host does: gzip, caching, security headers)
const MIME = { html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', mjs: 'text/javascript; charset=utf-8', json: 'application/json', webmanifest: 'application/manifest+json', svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', webp: 'image/webp', avif: 'image/avif', ico: 'image/x-icon', woff2: 'font/woff2', xml: 'application/xml', txt: 'text/plain; charset=utf-8', pdf: 'application/pdf', vcf: 'text/vcard' };
const CSP = process.env.SITECHECK_CSP || "default-src 'none'; img-src 'self' data:; style-src 'self'; font-src 'self'; manifest-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self' https:; base-uri 'none'; frame-ancestors 'none'";
const server = http.createServer((q, s) => {
  const p = q.url.split(/[?#]/)[0]; let f; try { f = resolveFile(p); } catch { f = null; }
  const code = f ? 200 : 404; if (!f) f = fileSet.has('404.html') ? '404.html' : null;
  const ext = f ? f.split('.').pop().toLowerCase() : 'txt'; let body = f ? fs.readFileSync(path.join(dir, f)) : Buffer.from('not found');
  const h = { 'content-type': MIME[ext] || 'application/octet-stream', 'cache-control': ext === 'html' ? 'no-cache' : 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff', 'referrer-policy': 'strict-origin-when-cross-origin', 'cross-origin-opener-policy': 'same-origin' };
  if (ext === 'html') h['content-security-policy'] = CSP;
  if (/gzip/.test(q.headers['accept-encoding'] || '') && /^(text|application\/(json|xml|manifest)|image\/svg)/.test(h['content-type'])) { body = zlib.gzipSync(body, { level: 9 }); h['content-encoding'] = 'gzip'; }
  h['content-length'] = body.length; s.writeHead(code, h); s.end(q.method === 'HEAD' ? undefined : body);
});
await new Promise(r => server.listen(0, '127.0.0.1', r)); const base = `http://127.0.0.1:${server.address().port}`;

// ---------- schema.org vocabulary, read from schema-dts' type file when it is installed (offline)
function vocab() {
  try {
    let d; for (const c of ['schema-dts/dist/schema.d.ts', 'schema-dts/schema.d.ts']) { try { d = fs.readFileSync(path.join(path.dirname(require.resolve('schema-dts/package.json')), c.replace('schema-dts/', '')), 'utf8'); break; } catch {} }
    if (!d) return null; const props = {}, parents = {}, types = new Set();
    const re = /interface (\w+?)(Base|Leaf) extends ([^{]+)\{([\s\S]*?)\n\}/g; let m;
    while ((m = re.exec(d))) { const [, n, kind, ext, body] = m; if (kind === 'Leaf') { const t = /"@type": "([^"]+)"/.exec(body); if (t) types.add(t[1]); parents[n] = [...(parents[n] || []), ...ext.split(',').map(x => x.trim().replace(/Base$/, '')).filter(x => x !== n)]; } else { props[n] = [...body.matchAll(/^\s*"([\w]+)"\?:/gm)].map(x => x[1]); parents[n] = [...(parents[n] || []), ...ext.split(',').map(x => x.trim()).filter(x => /Base$/.test(x)).map(x => x.replace(/Base$/, ''))]; } }
    const all = (t, seen = new Set()) => { if (seen.has(t)) return []; seen.add(t); return [...(props[t] || []), ...(parents[t] || []).flatMap(p => all(p, seen))]; };
    const isA = (t, g, seen = new Set()) => t === g || (!seen.has(t) && (seen.add(t), (parents[t] || []).some(p => isA(p, g, seen))));
    return types.size > 300 ? { types, all, isA } : null;
  } catch { return null; }
}
const V = vocab();

// ---------- static checks
const STOP = { pt: 'de da do que não para com uma os em você seu sua mais por são até nossa nosso atendimento', en: 'the and of to for with your you our we are from this that call is on by it at', es: 'de la el que los para con una las en su más por son hasta nuestra nuestro usted y del' };
const PLACE = [/lorem ipsum/i, /\bTODO:|\bTBD\b|\bFIXME\b/, /\{\{|\}\}|\{%|%\}/, /\[(your|business|company|insert|nome|seu|sua|su|tu)[^\]]*\]/i, /\b(undefined|NaN|\[object Object\])\b/, />\s*(null|None)\s*</, /\b(your (company|business) name|nome da (sua )?empresa|nombre de (su|tu) empresa)\b/i, /\b(John|Jane) Doe\b|\bFulano de Tal\b/, /\b(123 Main St|555-0100)\b/i, /https?:\/\/(www\.)?(example|seusite|yoursite)\.(com|org)/i, /as an AI (language )?model|modelo de linguagem|modelo de lenguaje|como (uma |una )?intelig[eê]ncia artificial/i, /&amp;(amp|lt|gt|quot|#39);/];
const docs = {}, ids = {}; for (const f of htmlFiles) { const src = fs.readFileSync(path.join(dir, f), 'utf8'); const root = parseHtml(src, { comment: false, blockTextElements: { script: true, style: true } }); docs[f] = { src, root }; ids[f] = new Set(root.querySelectorAll('[id]').map(e => e.getAttribute('id'))); root.querySelectorAll('a[name]').forEach(e => ids[f].add(e.getAttribute('name'))); }
const dimOf = f => { const b = fs.readFileSync(path.join(dir, f)); if (b.readUInt32BE(0) === 0x89504e47) return [b.readUInt32BE(16), b.readUInt32BE(20)]; if (b[0] === 0xff && b[1] === 0xd8) { let i = 2; while (i < b.length) { if (b[i] !== 0xff) { i++; continue; } const m = b[i + 1]; if (m >= 0xc0 && m <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(m)) return [b.readUInt16BE(i + 7), b.readUInt16BE(i + 5)]; i += 2 + b.readUInt16BE(i + 2); } } return null; };
const siteHost = (() => { for (const f of htmlFiles) { const c = docs[f].root.querySelector('link[rel="canonical"]')?.getAttribute('href'); if (/^https?:\/\//.test(c || '')) return new URL(c).host; } return null; })();
const linked = new Set(['index.html', '404.html']);
function checkStatic(f) {
  const { src, root } = docs[f]; const broken = [], jsonld = { blocks: 0, types: [], errors: [], warnings: [] }, meta = { errors: [], warnings: [] }; const q = s => root.querySelector(s), qa = s => root.querySelectorAll(s);
  const ref = (u, what) => { if (!u || /^(mailto:|tel:|sms:|data:|javascript:|whatsapp:|geo:|https?:\/\/|\/\/|blob:)/i.test(u)) { if (/^javascript:/i.test(u || '')) broken.push(`${what} ${u}`); const m = siteHost && /^https?:\/\//i.test(u || '') && (() => { try { return new URL(u); } catch { return null; } })(); if (m && m.host === siteHost) { const t = resolveFile(m.pathname); if (!t) broken.push(`${what} ${u}`); } return; } let url; try { url = new URL(u, base + urlOf(f)); } catch { broken.push(`${what} ${u} (bad url)`); return; } const t = resolveFile(url.pathname); if (!t) { broken.push(`${what} ${u}`); return; } if (what === 'a') linked.add(t); if (url.hash.length > 1 && docs[t] && !ids[t].has(decodeURIComponent(url.hash.slice(1))) && url.hash !== '#top') broken.push(`${what} ${u} (no such id)`); };
  qa('a[href],area[href]').forEach(e => { const h = e.getAttribute('href').trim(); if (h === '' || h === '#') broken.push(`a "${h}" (empty)`); else ref(h, 'a'); if (/^tel:/i.test(h) && !/^tel:\+?[\d;=\-().]{5,}$/.test(h)) broken.push(`a ${h} (bad tel)`); if (/^https:\/\/wa\.me\//.test(h) && !/^https:\/\/wa\.me\/\d{8,15}(\?|$)/.test(h)) broken.push(`a ${h} (bad wa.me)`); if (/^mailto:/i.test(h) && !/^mailto:[^@\s]+@[^@\s]+\.[^@\s?]+/.test(h)) broken.push(`a ${h} (bad mailto)`); });
  qa('link[href]').forEach(e => { if (!/^(canonical|alternate|preconnect|dns-prefetch)$/.test(e.getAttribute('rel') || '')) ref(e.getAttribute('href'), 'link'); });
  qa('[src]').forEach(e => ref(e.getAttribute('src'), e.tagName.toLowerCase())); qa('[srcset]').forEach(e => e.getAttribute('srcset').split(',').forEach(s => ref(s.trim().split(/\s+/)[0], 'srcset'))); qa('[poster]').forEach(e => ref(e.getAttribute('poster'), 'poster')); qa('form[action]').forEach(e => ref(e.getAttribute('action'), 'form'));
  // JSON-LD
  const visit = (n, here) => { if (Array.isArray(n)) return n.forEach(x => visit(x, here)); if (!n || typeof n !== 'object') return; if (n['@graph']) visit(n['@graph'], here); let ts = [].concat(n['@type'] || []); ts.forEach(t => { jsonld.types.push(t); if (V && !V.types.has(t)) jsonld.errors.push(`unknown type ${t}`); }); if (V && ts.length && ts.every(t => V.types.has(t))) { const ok = new Set(ts.flatMap(t => V.all(t))); for (const k of Object.keys(n)) if (!k.startsWith('@') && !ok.has(k)) jsonld.errors.push(`${ts[0]} has no property ${k}`); if (ts.some(t => V.isA(t, 'LocalBusiness'))) { if (!n.name) jsonld.errors.push(`${ts[0]} without name`); if (!n.address && !n.areaServed) jsonld.errors.push(`${ts[0]} without address or areaServed`); for (const k of ['telephone', 'url', 'image', 'openingHoursSpecification']) if (!n[k]) jsonld.warnings.push(`${ts[0]} without ${k}`); if (n.aggregateRating || n.review) jsonld.warnings.push(`${ts[0]} carries self-serving review markup`); } } if (n.telephone && !/^\+\d[\d\s().-]{6,}$/.test(String(n.telephone))) jsonld.errors.push(`telephone not international: ${n.telephone}`); for (const [k, v] of Object.entries(n)) { if (v === '' || v === null || (Array.isArray(v) && !v.length)) jsonld.errors.push(`${ts[0] || 'node'}.${k} is empty`); if (k !== '@graph' && typeof v === 'object') visit(v, here); } };
  qa('script[type="application/ld+json"]').forEach(s => { jsonld.blocks++; let d; try { d = JSON.parse(s.rawText || s.text); } catch (e) { jsonld.errors.push('parse: ' + e.message); return; } for (const x of [].concat(d)) { if (!/^https?:\/\/schema\.org\/?$/.test(String(x['@context']))) jsonld.errors.push('no schema.org @context'); visit(x); } });
  // head and semantics
  const title = q('title')?.text.trim() || '', desc = q('meta[name="description"]')?.getAttribute('content')?.trim() || '', lang = q('html')?.getAttribute('lang') || '', noindex = /noindex/.test(q('meta[name="robots"]')?.getAttribute('content') || '') || f === '404.html';
  const E = (c, m) => c && meta.errors.push(m), W = (c, m) => c && meta.warnings.push(m);
  E(!lang, 'html lang missing'); E(!title, 'no title'); W(title.length > 65 || title.length < 10, `title length ${title.length}`); E(!noindex && !desc, 'no meta description'); W(!noindex && (desc.length > 165 || desc.length < 50), `description length ${desc.length}`); E(!q('meta[name="viewport"]'), 'no viewport'); E(qa('h1').length !== 1, `${qa('h1').length} h1`); E(!q('main'), 'no <main>'); E(!noindex && !/^https?:\/\//.test(q('link[rel="canonical"]')?.getAttribute('href') || ''), 'no absolute canonical');
  if (!noindex) { for (const p of ['og:title', 'og:description', 'og:type', 'og:url', 'og:image', 'og:locale']) E(!q(`meta[property="${p}"]`)?.getAttribute('content'), `no ${p}`); E(!q('meta[name="twitter:card"]'), 'no twitter:card'); const og = q('meta[property="og:image"]')?.getAttribute('content'); if (og) { let t = null; try { t = resolveFile(new URL(og, base + urlOf(f)).pathname); } catch {} if (!t) meta.errors.push('og:image not in package'); else { const d = dimOf(t); E(!d, 'og:image must be PNG or JPEG'); W(d && (d[0] !== 1200 || d[1] !== 630), `og:image ${d}`); } } }
  const alts = qa('link[rel="alternate"][hreflang]'); if (alts.length) { E(!alts.some(a => a.getAttribute('hreflang') === 'x-default'), 'hreflang without x-default'); E(!alts.some(a => a.getAttribute('hreflang').toLowerCase() === lang.toLowerCase()), 'hreflang does not list itself'); }
  qa('img').forEach(i => { E(i.getAttribute('alt') === undefined || i.getAttribute('alt') === null, `img without alt ${i.getAttribute('src')}`); E(!i.getAttribute('width') || !i.getAttribute('height'), `img without size ${i.getAttribute('src')}`); });
  E(qa('[style]').length, `${qa('[style]').length} style attributes (CSP)`); E(/<[^>]+\son\w+\s*=/i.test(src), 'inline event handler (CSP)'); qa('a[target="_blank"]').forEach(a => W(!/noopener|noreferrer/.test(a.getAttribute('rel') || ''), 'target=_blank without rel=noopener'));
  let last = 0; qa('h1,h2,h3,h4,h5,h6').forEach(h => { const l = +h.tagName[1]; W(last && l > last + 1, `heading jumps h${last}->h${l}: ${h.text.trim().slice(0, 40)}`); last = l; });
  const body = q('body')?.clone() || root; body.querySelectorAll('script,style,svg').forEach(e => e.remove()); const text = body.text.replace(/\s+/g, ' ').trim(); const words = text.split(/\s+/).filter(Boolean);
  const low = words.map(w => w.toLowerCase().replace(/[^\p{L}]/gu, '')); const sc = Object.fromEntries(Object.entries(STOP).map(([l, s]) => { const set = new Set(s.split(' ')); return [l, low.filter(w => set.has(w)).length]; })); const best = Object.entries(sc).sort((a, b) => b[1] - a[1])[0]; W(words.length > 60 && lang && best[0] !== lang.slice(0, 2).toLowerCase() && best[1] > 1.15 * (sc[lang.slice(0, 2).toLowerCase()] || 0), `text looks ${best[0]}, lang is ${lang}`);
  const placeholders = PLACE.flatMap(r => { const m = r.exec(r.source.startsWith('>') || r.source.includes('amp;(') ? src : text + ' ' + title + ' ' + desc); return m ? [m[0]] : []; });
  const js = qa('script').filter(s => !/json/.test(s.getAttribute('type') || '')).length;
  return { title, lang, words: words.length, h1: q('h1')?.text.trim() || null, jsonld, meta, broken_links: [...new Set(broken)], placeholders, script_tags: js, _text: text };
}
const pages = {}; for (const f of htmlFiles) pages[f] = { url: urlOf(f), ...checkStatic(f) };
const site = { orphans: htmlFiles.filter(f => !linked.has(f) && f !== 'index.html'), errors: [], warnings: [] };
for (const f of files.filter(f => f.endsWith('.css'))) for (const m of fs.readFileSync(path.join(dir, f), 'utf8').matchAll(/url\(\s*['"]?([^'")]+)['"]?\s*\)/g)) if (!/^(data:|#)/.test(m[1])) { if (/^(https?:)?\/\//.test(m[1])) site.errors.push(`${f}: external url(${m[1]})`); else if (!resolveFile(new URL(m[1], base + '/' + f).pathname)) site.errors.push(`${f}: broken url(${m[1]})`); }
const css = files.filter(f => f.endsWith('.css')).map(f => fs.readFileSync(path.join(dir, f), 'utf8')).join('\n') + htmlFiles.flatMap(f => docs[f].root.querySelectorAll('style').map(s => s.rawText)).join('\n');
site.css = { print: /@media[^{]*print/.test(css), reduced_motion: /prefers-reduced-motion/.test(css) || !/(animation|transition)\s*:|scroll-behavior/.test(css), color_scheme: /prefers-color-scheme|color-scheme|light-dark\(/.test(css), focus_visible: /:focus(-visible)?/.test(css), forced_colors: /forced-colors/.test(css) };
for (const k of ['print', 'reduced_motion']) if (!site.css[k]) site.errors.push(`css: no ${k} rule`); for (const k of ['color_scheme', 'focus_visible']) if (!site.css[k]) site.warnings.push(`css: no ${k} rule`);
for (const f of ['robots.txt', 'sitemap.xml', '404.html']) if (!fileSet.has(f)) site.errors.push(`no ${f}`);
if (fileSet.has('sitemap.xml')) { const x = fs.readFileSync(path.join(dir, 'sitemap.xml'), 'utf8'); const locs = [...x.matchAll(/<loc>\s*([^<]+?)\s*<\/loc>/g)].map(m => m[1]); const inMap = new Set(); for (const l of locs) { let t = null; try { t = resolveFile(new URL(l).pathname); } catch {} if (!t) site.errors.push(`sitemap: ${l} not in package`); else inMap.add(t); } for (const f of htmlFiles) if (f !== '404.html' && !/noindex/.test(docs[f].root.querySelector('meta[name="robots"]')?.getAttribute('content') || '') && !inMap.has(f)) site.errors.push(`sitemap: ${f} missing`); if (fileSet.has('robots.txt') && !/^sitemap:\s*https?:/im.test(fs.readFileSync(path.join(dir, 'robots.txt'), 'utf8'))) site.warnings.push('robots.txt names no sitemap'); }
for (const k of ['title']) { const seen = {}; for (const f of htmlFiles) (seen[pages[f][k]] ||= []).push(f); for (const [v, fs2] of Object.entries(seen)) if (fs2.length > 1) site.errors.push(`same ${k} on ${fs2.join(', ')}: ${v}`); }
{ const sh = f => { const w = pages[f]._text.toLowerCase().split(/\s+/), s = new Set(); for (let i = 0; i + 5 <= w.length; i++) s.add(w.slice(i, i + 5).join(' ')); return s; }; const S = Object.fromEntries(htmlFiles.map(f => [f, sh(f)])); for (let i = 0; i < htmlFiles.length; i++) for (let j = i + 1; j < htmlFiles.length; j++) { const a = S[htmlFiles[i]], b = S[htmlFiles[j]]; const n = [...a].filter(x => b.has(x)).length, u = a.size + b.size - n; if (u && n / u > 0.6) site.warnings.push(`near-duplicate pages ${htmlFiles[i]} ~ ${htmlFiles[j]} (${(n / u).toFixed(2)})`); } }
site.total_files = files.length; site.total_bytes = files.reduce((n, f) => n + fs.statSync(path.join(dir, f)).size, 0);

// ---------- vnu and html-validate (child processes while the browser works on axe)
const run = (cmd, args, ms = 120000) => new Promise(r => { const c = spawn(cmd, args, { stdio: ['ignore', 'pipe', 'pipe'] }); let o = '', e = ''; const k = setTimeout(() => c.kill('SIGKILL'), ms); c.stdout.on('data', d => o += d); c.stderr.on('data', d => e += d); c.on('error', x => { clearTimeout(k); r({ code: -1, o, e: String(x) }); }); c.on('close', code => { clearTimeout(k); r({ code, o, e }); }); });
async function vnu() {
  if (opt.skip.has('vnu')) return; const jar = process.env.VNU_JAR || String(require('vnu-jar')); const cssFiles = files.filter(f => f.endsWith('.css') && process.env.SITECHECK_VNU_CSS);
  const r = await run('java', ['-Xss2m', '-jar', jar, '--format', 'json', '--stdout', '--exit-zero-always', ...htmlFiles.map(f => path.join(dir, f))]); let d; try { d = JSON.parse(r.o); } catch { throw new Error('vnu: ' + (r.e || r.o).slice(0, 300)); }
  for (const f of htmlFiles) pages[f].vnu = { errors: [], warnings: 0 };
  for (const m of d.messages) { const f = path.relative(dir, decodeURIComponent(m.url.replace(/^file:/, ''))).split(path.sep).join('/'); const p = pages[f]; if (!p) continue; if (m.type === 'error') p.vnu.errors.push(`${m.lastLine}:${m.lastColumn} ${m.message}`); else p.vnu.warnings++; } log('vnu done');
}
async function hv() {
  if (opt.skip.has('html-validate')) return; const { HtmlValidate, FileSystemConfigLoader } = await import('html-validate'); const H = new HtmlValidate({ root: true, extends: ['html-validate:standard', 'html-validate:a11y'], rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off', 'attr-quotes': 'off', 'void-style': 'off', 'doctype-style': 'off', 'no-implicit-close': 'off', 'no-implicit-button-type': 'error', 'no-raw-characters': 'off', 'no-inline-style': 'error', 'tel-non-breaking': 'off', 'require-sri': 'off', 'prefer-native-element': 'warn', 'svg-focusable': 'off' } });
  for (const f of htmlFiles) { const r = await H.validateString(docs[f].src, f); pages[f].html_validate = (r.results[0]?.messages || []).filter(m => m.severity === 2).map(m => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`); } log('html-validate done');
}

// ---------- browser: axe (light/dark, mobile/desktop), bytes, requests, CSP, overflow, screenshots
async function browse() {
  const { chromium } = require('playwright-core'); const axeSrc = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'); const b = await chromium.launch({ executablePath: CHROME, args: FLAGS, headless: true, timeout: 60000 });
  try {
    for (const f of htmlFiles) {
      const P = pages[f]; P.axe = []; P.overflow = []; P.csp_violations = []; P.external_requests = []; P.console_errors = [];
      for (const [name, o] of Object.entries({ mobile_light: { viewport: { width: 390, height: 844 }, colorScheme: 'light' }, desktop_dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }, narrow_dark: { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }, wide_light: { viewport: { width: 2560, height: 1440 }, colorScheme: 'light' } })) {
        const ctx = await b.newContext({ ...o, reducedMotion: 'reduce', serviceWorkers: 'block', bypassCSP: false }); const pg = await ctx.newPage(); pg.setDefaultTimeout(20000); const reqs = [];
        pg.on('console', m => { if (m.type() !== 'error') return; const t = m.text(); if (/Content.Security.Policy|violates the following/i.test(t)) P.csp_violations.push(t.slice(0, 200)); else if (!(f === '404.html' && /404/.test(t))) P.console_errors.push(t.slice(0, 200)); }); pg.on('pageerror', e => P.console_errors.push(String(e).slice(0, 200)));
        pg.on('request', r => { if (!r.url().startsWith(base) && !/^(data|blob|about):/.test(r.url())) P.external_requests.push(r.url().slice(0, 200)); }); pg.on('requestfinished', r => reqs.push(r));
        await pg.goto(base + P.url, { waitUntil: 'load', timeout: 30000 });
        await pg.evaluate(async () => { for (let y = 0; y < document.body.scrollHeight; y += 600) { scrollTo(0, y); await new Promise(r => setTimeout(r, 15)); } scrollTo(0, 0); await document.fonts.ready; });
        if (await pg.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1)) P.overflow.push(name);
        if (!opt.skip.has('axe')) { await pg.evaluate(axeSrc); const r = await pg.evaluate(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] })); for (const v of r.violations) P.axe.push({ mode: name, id: v.id, impact: v.impact, nodes: v.nodes.length, sample: v.nodes[0]?.html.slice(0, 140), why: (v.nodes[0]?.failureSummary || '').split('\n')[1]?.trim() }); }
        if (name === 'mobile_light') { const w = { total: 0, html: 0, css: 0, js: 0, font: 0, image: 0 }; let n = 0; for (const r of reqs) { const s = await r.sizes().catch(() => null); const sz = s ? Math.max(0, s.responseBodySize) + Math.max(0, s.responseHeadersSize) : 0; n++; w.total += sz; const k = { document: 'html', stylesheet: 'css', script: 'js', font: 'font', image: 'image' }[r.resourceType()]; if (k) w[k] += sz; } P.bytes = w; P.requests = n; }
        if (opt.shots) { fs.mkdirSync(opt.shots, { recursive: true }); await pg.screenshot({ path: path.join(opt.shots, `${f.replace(/[/.]/g, '_')}_${name}.png`), fullPage: true }); }
        await ctx.close();
      }
      P.paper = await onPaper(b, base + P.url); P.no_script = await withoutScripts(b, base + P.url);
      P.csp_violations = [...new Set(P.csp_violations)]; P.external_requests = [...new Set(P.external_requests)]; P.console_errors = [...new Set(P.console_errors)];
    }
  } finally { await b.close(); } log('axe and browser checks done');
}

// ---------- Lighthouse, alone, so that nothing disturbs the timing
async function lh() {
  if (opt.skip.has('lighthouse') || opt.lighthouse < 1) return; const lighthouse = (await import('lighthouse')).default; const { launch } = await import('chrome-launcher');
  const want = opt.pages || htmlFiles.filter(f => f !== '404.html').slice(0, opt.lighthouse); const prof = fs.mkdtempSync(path.join(os.tmpdir(), 'sitecheck-')); const chrome = await launch({ chromePath: CHROME, chromeFlags: FLAGS, ignoreDefaultFlags: true, userDataDir: prof, logLevel: 'silent' });
  try {
    for (const f of want) {
      if (!pages[f]) { site.errors.push(`--pages: no ${f}`); continue; } let best;
      for (let k = 0; k < 5; k++) { const r = await lighthouse(base + pages[f].url, { port: chrome.port, output: 'json', logLevel: 'silent', onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'], formFactor: 'mobile', maxWaitForLoad: 25000 }); const l = r?.lhr; if (!l || l.runtimeError) { best ||= { error: l?.runtimeError?.message || 'no result' }; continue; } const c = l.categories, a = l.audits; const s = Object.fromEntries(Object.entries(c).map(([k2, v]) => [k2, Math.round((v.score ?? 0) * 100)])); const x = { version: l.lighthouseVersion, ...s, fcp_ms: Math.round(a['first-contentful-paint'].numericValue), lcp_ms: Math.round(a['largest-contentful-paint'].numericValue), tbt_ms: Math.round(a['total-blocking-time'].numericValue), cls: +a['cumulative-layout-shift'].numericValue.toFixed(4), speed_index_ms: Math.round(a['speed-index'].numericValue), failed: Object.values(c).flatMap(cat => cat.auditRefs.filter(rf => rf.weight > 0 && a[rf.id].score !== null && a[rf.id].score < 0.9).map(rf => `${cat.id}/${rf.id}`)) }; const ok = x.performance >= T.performance && x.lcp_ms <= T.lcp_ms && x.cls <= T.cls && x.tbt_ms <= T.tbt_ms; if (!best || best.error || ok || x.performance > best.performance) best = x; if (ok) break; /* the best of up to five: a busy machine makes a lab slower, never quicker */ }
      pages[f].lighthouse = best; log('lighthouse', f, JSON.stringify([best.performance, best.accessibility, best['best-practices'], best.seo]));
    }
  } finally { const gone = new Promise(r => { const c = chrome.process; c && c.exitCode === null ? (c.once('exit', r), setTimeout(r, 5000)) : r(); }); try { await chrome.kill(); } catch {} await gone; for (let i = 0; i < 5; i++) { try { fs.rmSync(prof, { recursive: true, force: true }); if (!fs.existsSync(prof)) break; } catch {} await new Promise(r => setTimeout(r, 400)); } }
}

let fatal = []; const guard = (n, p) => p.catch(e => { fatal.push(`${n}: ${String(e.message || e).slice(0, 300)}`); log(n, 'FAILED', e.message); });
await Promise.all([guard('vnu', vnu()), guard('html-validate', hv())]); await guard('browser', browse()); await guard('lighthouse', lh()); server.closeAllConnections?.(); server.close();

// ---------- verdict
const fails = []; const F = (f, k, v, ok) => { if (!ok) fails.push(`${f}: ${k} ${v} (want ${k in T ? T[k] : 0})`); };
for (const [f, p] of Object.entries(pages)) {
  delete p._text; const l = p.lighthouse;
  if (l) { if (l.error) fails.push(`${f}: lighthouse ${l.error}`); else { for (const k of ['performance', 'accessibility', 'best-practices', 'seo']) F(f, k, l[k], l[k] >= T[k]); for (const k of ['lcp_ms', 'cls', 'tbt_ms']) F(f, k, l[k], l[k] <= T[k]); } }
  if (p.axe) F(f, 'axe_violations', p.axe.length, p.axe.length <= T.axe_violations); if (p.vnu) F(f, 'vnu_errors', p.vnu.errors.length, p.vnu.errors.length <= T.vnu_errors); if (p.html_validate) F(f, 'html_validate_errors', p.html_validate.length, p.html_validate.length <= T.html_validate_errors);
  if (p.bytes) { F(f, 'page_bytes', p.bytes.total, p.bytes.total <= T.page_bytes); F(f, 'page_requests', p.requests, p.requests <= T.page_requests); for (const [k, b] of [['html_bytes', 'html'], ['css_bytes', 'css'], ['font_bytes', 'font'], ['js_bytes', 'js']]) F(f, k, p.bytes[b], p.bytes[b] <= T[k]); F(f, 'csp_violations', p.csp_violations.length, p.csp_violations.length <= T.csp_violations); F(f, 'external_requests', p.external_requests.length, p.external_requests.length <= T.external_requests); F(f, 'console_errors', p.console_errors.length, p.console_errors.length <= T.console_errors); if (p.overflow.length > T.overflow_pages) fails.push(`${f}: horizontal overflow ${p.overflow}`); }
  if (p.paper) { F(f, 'paper_findings', p.paper.join('; ') || 0, p.paper.length <= T.paper_findings); F(f, 'no_script_findings', p.no_script.join('; ') || 0, p.no_script.length <= T.no_script_findings); }
  F(f, 'broken_links', p.broken_links.length, p.broken_links.length <= T.broken_links); F(f, 'jsonld_errors', p.jsonld.errors.length, p.jsonld.errors.length <= T.jsonld_errors); F(f, 'meta_errors', p.meta.errors.length, p.meta.errors.length <= T.meta_errors); F(f, 'placeholder_hits', p.placeholders.length, p.placeholders.length <= T.placeholder_hits);
}
if (!Object.values(pages).some(p => p.jsonld.blocks)) fails.push('site: no JSON-LD on any page'); site.errors.forEach(e => fails.push('site: ' + e)); site.orphans.forEach(o => fails.push(`site: no page links to ${o}`));
const report = { ok: !fails.length && !fatal.length, seconds: +((Date.now() - t0) / 1000).toFixed(1), folder: dir, schema_vocabulary: V ? V.types.size + ' types' : 'not installed (types and properties unchecked)', failures: fails, tool_errors: fatal, site, pages, thresholds: T };
const json = JSON.stringify(report, null, opt.compact ? 0 : 1); if (opt.out) fs.writeFileSync(opt.out, json); process.stdout.write(json + '\n', () => process.exit(fatal.length ? 2 : fails.length ? 1 : 0));
