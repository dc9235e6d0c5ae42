# A web server and its client on the loopback: sh web.sh FOLDER, in the folder test-binaries.
folder=$1 busybox=$PWD/../guests/bin/busybox
mkdir -p "$folder/www/cgi-bin" && cd "$folder" || exit 1
i=0
while [ $i -lt 3000 ]; do
    echo "line $i of a page that takes more than one packet"
    i=$((i + 1))
done >www/page.txt
printf '#!%s sh\necho "Content-Type: text/plain"\necho\necho "$REQUEST_METHOD $QUERY_STRING"\n%s cat\n' "$busybox" "$busybox" \
    >www/cgi-bin/echo
"$busybox" chmod 755 www/cgi-bin/echo

# A port that no other run of this script has
port=$((20000 + $$ % 12000))
"$busybox" httpd -f -p 127.0.0.1:$port -h www &
server=$!
"$busybox" usleep 500000
url=http://127.0.0.1:$port
"$busybox" wget -q -O page.txt $url/page.txt; echo "status $?"
"$busybox" cmp page.txt www/page.txt && echo same
"$busybox" wget -q -O - "$url/cgi-bin/echo?a=b"; echo "status $?"
"$busybox" wget -q -O - --post-data=posted "$url/cgi-bin/echo?c"; echo " status $?"
"$busybox" wget -q -O - $url/absent; echo "status $?"
for k in 1 2 3 4 5 6; do
    "$busybox" wget -q -O copy.$k $url/page.txt &
    clients="$clients $!"
done
wait $clients
"$busybox" cat copy.* | "$busybox" wc
kill $server
wait $server
echo "server $?"
